"""Re-create static/vendor/ from vendor.toml with `npm pack`, and refuse anything whose hash differs.

Needed only when a version changes: the built files are committed, so a fresh machine needs neither Node nor network.
`python deploy/vendor.py --accept` writes the new hashes into vendor.toml.
"""

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "vendor.toml"
VENDOR = ROOT / "static" / "vendor"


def packages():
    return tomllib.loads(MANIFEST.read_text())["package"]


def folder_of(package):
    return VENDOR / f"{package['name'].split('/')[-1]}-{package['version']}"


def fingerprint(content):
    return hashlib.sha256(content).hexdigest()


def unpacked(package, into):
    """The folder of the published package, fetched by the ordinary client."""
    spec = f"{package['name']}@{package['version']}"
    command = ["npm", "pack", "--silent", "--pack-destination", into, spec]
    name = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1]
    with tarfile.open(Path(into) / name) as archive:
        archive.extractall(into, filter="data")
    return Path(into) / "package"


def without_source_map(text):
    """Hashed static storage follows this comment to a file we do not ship."""
    return re.sub(r"\n?/\*# sourceMappingURL=.*?\*/\n?", "\n", text)


def sprite(folder, icons):
    """One symbol per icon, so a page fetches a single small file."""
    symbols = []
    for icon in icons:
        drawing = (folder / f"{icon}.svg").read_text()
        paths = re.search(r"<svg[^>]*>(.*)</svg>", drawing, re.DOTALL).group(1)
        symbols.append(f'<symbol id="{icon}" viewBox="0 0 16 16">{"".join(paths.splitlines())}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def content_of(entry, source):
    if "icons" in entry:
        return sprite(source / entry["source"], entry["icons"]).encode()
    content = (source / entry["source"]).read_bytes()
    return without_source_map(content.decode()).encode() if entry["source"].endswith(".css") else content


def vendor(package, accept):
    with tempfile.TemporaryDirectory() as temporary:
        source = unpacked(package, temporary)
        for entry in package["file"]:
            content = content_of(entry, source)
            if fingerprint(content) != entry["sha256"]:
                if not accept:
                    sys.exit(f"{package['name']}: {entry['target']} differs from vendor.toml")
                accept_hash(entry["sha256"], fingerprint(content))
            target = folder_of(package) / entry["target"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def accept_hash(old, new):
    MANIFEST.write_text(MANIFEST.read_text().replace(f'"{old}"', f'"{new}"', 1))


def main():
    for package in packages():
        vendor(package, accept="--accept" in sys.argv[1:])


if __name__ == "__main__":
    main()
