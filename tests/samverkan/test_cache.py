"""The cache may vanish."""

from samverkan.cache import ForgivingRedisCache


def test_without_redis_everything_is_a_miss_and_nothing_breaks():
    cache = ForgivingRedisCache("redis://127.0.0.1:1/1", {})
    cache.set("a", 1)
    assert cache.get("a") is None
    assert cache.get("a", 7) == 7
    assert cache.add("a", 1)
    assert cache.incr("a") == 1
    assert cache.get_many(["a"]) == {}
    assert not cache.has_key("a")
    assert not cache.delete("a")
