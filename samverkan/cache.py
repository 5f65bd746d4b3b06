"""A Redis cache that may vanish: then everything is a miss and nothing breaks."""

import structlog
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = structlog.get_logger(__name__)


def _forgiving(name, missing):
    def method(self, *args, **kwargs):
        try:
            return getattr(super(ForgivingRedisCache, self), name)(*args, **kwargs)
        except RedisError:
            logger.warning("cache_away", operation=name)
            return missing(*args, **kwargs)

    return method


def _default(key, default=None, **_):
    return default


class ForgivingRedisCache(RedisCache):
    """Throw-away things only. `incr` on a lost counter starts again at the delta."""

    get = _forgiving("get", _default)
    set = _forgiving("set", lambda *a, **k: None)
    add = _forgiving("add", lambda *a, **k: True)
    touch = _forgiving("touch", lambda *a, **k: False)
    delete = _forgiving("delete", lambda *a, **k: False)
    get_many = _forgiving("get_many", lambda *a, **k: {})
    set_many = _forgiving("set_many", lambda *a, **k: [])
    delete_many = _forgiving("delete_many", lambda *a, **k: None)
    has_key = _forgiving("has_key", lambda *a, **k: False)
    incr = _forgiving("incr", lambda key, delta=1, **_: delta)
    clear = _forgiving("clear", lambda *a, **k: False)
