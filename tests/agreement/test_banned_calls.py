"""What no code of ours may call, name or import, whatever a comment beside it says (reliability.md, D6 and S3).

ruff's `S` rules find much of it as well, but a `noqa` silences them, and they do not know our HTTP client.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = ("contracts", "services", "workflows")

MODULES = {"random", "pickle", "_pickle", "cPickle", "marshal", "shelve", "dill", "telnetlib", "ftplib"}
"""Chance that can be foreseen; what makes objects of bytes; what speaks in clear."""
NAMES = {
    *("MD5", "SHA1", "md5", "sha1"),
    *("DES", "DES3", "TripleDES", "ARC2", "ARC4", "RC4", "Blowfish", "IDEA", "ECB"),
    *("CERT_NONE", "_create_unverified_context", "unsafe_load", "full_load", "UnsafeLoader", "FullLoader"),
    *("from_string", "Template"),
}
"""Digests and ciphers that are broken, certificates that nobody looks at, and templates that are made of text."""
CALLS = {"eval", "exec", "compile", "yaml.load", "os.system", "os.popen", "__import__"}
SWITCHES = {("shell", True), ("verify", False), ("check_hostname", False), ("verify_mode", False)}
WEAK = {"md5", "sha1", "md4", "ripemd160"}

KNOWN = {
    # Authenticator programs reckon with nothing else, and SHA-1 is not broken for HMAC.
    ("services/officers/identity/factors/totp.py", "SHA1"),
    # The policy's own texts, reviewed with it, in a sandbox; what people wrote is filled in and never read.
    ("contracts/lettering/filling.py", "Template"),
    ("contracts/lettering/filling.py", "from_string"),
}


def banned(text: str) -> Iterator[str]:
    """What a module calls, names or imports of it."""
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Import(names=names):
                yield from (one.name for one in names if one.name.partition(".")[0] in MODULES)
            case ast.ImportFrom(module=str(module), names=names):
                yield from [module] * (module.partition(".")[0] in MODULES)
                yield from (one.name for one in names if one.name in NAMES)
            case ast.Attribute(attr=name) | ast.Name(id=name) if name in NAMES:
                yield name
            case ast.Call(func=func, args=args, keywords=keywords):
                yield from [ast.unparse(func)] * (ast.unparse(func) in CALLS)
                first = args[0].value if args and isinstance(args[0], ast.Constant) else None
                if ast.unparse(func).endswith("hashlib.new") and str(first).lower() in WEAK:
                    yield str(first)
                yield from (_switch(one.arg, one.value) for one in keywords if _switch(one.arg, one.value))
            case ast.Assign(targets=[ast.Attribute(attr=name)], value=value) if _switch(name, value):
                yield _switch(name, value)
            case _:
                pass


def _switch(name: str | None, value: ast.expr) -> str:
    set_so = isinstance(value, ast.Constant) and (name, value.value) in SWITCHES
    return f"{name}={ast.unparse(value)}" if set_so else ""


def test_nothing_of_ours_does_what_is_banned() -> None:
    found = {
        (path.relative_to(ROOT).as_posix(), one)
        for package in OURS
        for path in (ROOT / package).rglob("*.py")
        for one in banned(path.read_text(encoding="utf-8"))
    }
    assert found == KNOWN


PLANTED = [
    "import hashlib\nhashlib.md5(b'')",
    "import hashlib\nhashlib.new('SHA1', b'')  # noqa: S324",
    "from hashlib import sha1",
    "from cryptography.hazmat.primitives.hashes import MD5",
    "from cryptography.hazmat.decrepit.ciphers import algorithms\nalgorithms.TripleDES(b'')",
    "from cryptography.hazmat.primitives.ciphers import modes\nmodes.ECB()",
    "from random import choice  # noqa: S311",
    "import random as chance",
    "def f(text: str) -> object:\n    return eval(text)",
    "import pickle\npickle.loads(b'')",
    "import yaml\nyaml.load('', yaml.SafeLoader)",
    "import yaml\nyaml.unsafe_load('')",
    "import subprocess\nsubprocess.run('ls', shell=True)",
    "import os\nos.system('ls')",
    "import httpx2\nhttpx2.AsyncClient(verify=False)",
    "import ssl\nssl.create_default_context().check_hostname = False",
    "import ssl\nssl.create_default_context().verify_mode = ssl.CERT_NONE",
    "from jinja2 import Template\nTemplate('{{ x }}')",
]


@pytest.mark.parametrize("text", PLANTED)
def test_what_is_planted_is_found(text: str) -> None:
    assert list(banned(text))


@pytest.mark.parametrize(
    "text",
    [
        "import hashlib\nhashlib.new('sha256', b'')",
        "import httpx2\nhttpx2.AsyncClient(verify=True)",
        "import subprocess\nsubprocess.run(['ls'])",
        "import yaml\nyaml.safe_load('')",
        "from secrets import choice",
        "'eval(pickle)'",
    ],
)
def test_what_is_sound_is_not(text: str) -> None:
    assert list(banned(text)) == []
