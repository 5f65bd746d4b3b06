"""The vendored front-end files are the ones that were published, with their licences beside them."""

import re
from pathlib import Path

import pytest

from deploy import vendor

PACKAGES = vendor.packages()
CALLS_OUT = re.compile(r"""(?:url\(|@import|src=|href=)\s*["']?\s*(?:https?:)?//""")


def files_of(package):
    return {entry["target"]: vendor.folder_of(package) / entry["target"] for entry in package["file"]}


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_every_vendored_file_has_the_hash_that_was_written_down(package):
    written = {entry["target"]: entry["sha256"] for entry in package["file"]}
    found = {target: vendor.fingerprint(path.read_bytes()) for target, path in files_of(package).items()}
    assert found == written


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_every_vendored_package_carries_its_licence(package):
    assert package["licence"]
    assert len(files_of(package)["LICENSE"].read_text()) > 500


def test_nothing_is_vendored_that_is_not_written_down():
    known = {path for package in PACKAGES for path in files_of(package).values()}
    assert {path for path in vendor.VENDOR.rglob("*") if path.is_file()} == known


def test_no_style_or_drawing_calls_another_server():
    pages = [*vendor.VENDOR.parent.rglob("*.css"), *vendor.VENDOR.parent.rglob("*.svg")]
    assert [path.name for path in pages if CALLS_OUT.search(path.read_text())] == []


def test_a_changed_file_is_noticed(tmp_path):
    changed = Path(files_of(PACKAGES[0])["LICENSE"]).read_bytes() + b"x"
    assert vendor.fingerprint(changed) not in {entry["sha256"] for entry in PACKAGES[0]["file"]}
