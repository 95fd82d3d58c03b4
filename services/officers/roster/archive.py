"""A body to an open archive of parts, or a sentence that says what else it is and what to do.

Everything is bounded before it is parsed: members, unpacked bytes, tags. Parts that nobody asks for are not unpacked.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from services.officers.roster.cells import WorkbookError

MAX_MEMBERS = 200
MAX_UNPACKED = 20 * 1024 * 1024
MAX_TAGS = 400_000
MAX_ASIDE = 4 * 1024 * 1024
_OUTSIDE = (
    "含有指向其他文件或数据源的链接：请在“数据”中断开链接、删除连接，保存后再上传",
    "it has outside links: break them under Data (edit links, queries and connections), save it and send it again",
)
_EMBEDDED = (
    "含有嵌入对象或控件：请删除（或把名册单独复制到新的工作簿中）后再上传",
    "it has embedded objects or controls: delete them, or copy the roster alone into a new workbook",
)
_FORBIDDEN = {
    "vbaproject": ("含有宏，请另存为普通 .xlsx", "it has macros: save it as a plain .xlsx"),
    **dict.fromkeys(("externallinks/", "connections.xml", "querytables/"), _OUTSIDE),
    **dict.fromkeys(("embeddings/", "activex/"), _EMBEDDED),
}
"""What no roster needs, by a piece of its part's name, and what to do about it."""
_CLIMBS = ("内部文件的位置不合规范", "a part of it lies outside of it")
_CHUNK = 64 * 1024
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_SAVE_AGAIN = (
    "请用表格软件打开，另存为“Excel 工作簿 (*.xlsx)”后再上传",
    "open it and save it as an .xlsx workbook",
)


class Archive:
    """The parts of a workbook by name, whatever the case or the slashes of their names."""

    def __init__(self, body: bytes) -> None:
        """Raises WorkbookError for what is no archive, unpacks to too much, or carries more than cells."""
        if not body.startswith(b"PK"):
            raise what_else(body)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(body))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise damaged() from error
        self._members = {_name(member): member for member in members}
        if len(members) > MAX_MEMBERS or len(self._members) != len(members):
            raise unsafe("成员过多或重名", "it has too many members or two of one name")
        self._check()
        self._left = MAX_UNPACKED
        self._tags = MAX_TAGS

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    def read(self, name: str) -> Iterator[bytes]:
        """The part in pieces. Raises WorkbookError when it is damaged or the archive holds too much."""
        member = self._members.get(name.lower())
        if member is None:
            raise damaged()
        try:
            with self._zip.open(member) as stream:
                while chunk := stream.read(_CHUNK):
                    self._left -= len(chunk)
                    self._tags -= chunk.count(b"<")
                    if self._left < 0 or self._tags < 0:
                        raise unsafe("内容过多", "it holds too much")
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise damaged() from error

    @contextmanager
    def aside(self) -> Iterator[None]:
        """What is read inside has a bound of its own, and takes nothing of the workbook's."""
        kept = self._left, self._tags
        self._left = MAX_ASIDE
        try:
            yield
        finally:
            self._left, self._tags = kept

    def _check(self) -> None:
        names = self._members.keys()
        if "[content_types].xml" not in names:
            raise _other_archive(self)
        if any(name == "xl/workbook.bin" for name in names):
            raise _is("二进制工作簿 (.xlsb)", "a binary workbook (.xlsb)")
        if any(name.startswith(("word/", "ppt/")) for name in names):
            raise _other_archive(self)
        if sum(member.file_size for member in self._members.values()) > MAX_UNPACKED:
            raise unsafe("解压后过大", "it unpacks to too much")
        for name, member in self._members.items():
            if member.flag_bits & 0x1 or member.compress_type not in {
                zipfile.ZIP_STORED,
                zipfile.ZIP_DEFLATED,
            }:
                raise unsafe(
                    f"已加密或压缩方式不明：{_SAVE_AGAIN[0]}",
                    f"it is encrypted or packed in an unknown way: {_SAVE_AGAIN[1]}",
                )
            if ".." in name.split("/"):
                raise unsafe(*_CLIMBS)
            for part, said in _FORBIDDEN.items():
                if part in name:
                    raise unsafe(*said)


def what_else(body: bytes) -> WorkbookError:
    """The refusal of a body that is no archive: by its first bytes it is told what it is."""
    head = body[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not body:
        return WorkbookError("not-a-workbook", "文件是空的", "the file is empty: choose the workbook again")
    if body.startswith(_OLD):
        if "EncryptedPackage".encode("utf-16-le") in body:
            return WorkbookError(
                "not-a-workbook",
                "工作簿设有打开密码：请在“文件—信息—保护工作簿”中取消密码，保存后再上传",
                "the workbook is protected by a password: take the password away, save it and send it again",
            )
        if "WordDocument".encode("utf-16-le") in body:
            return _is("旧格式的 Word 文档", "a Word document of the old format")
        return _is("旧格式文件（.xls 或 .et）", "a file of the old format (.xls or .et)")
    if b"<html" in head or b"<table" in head or head.startswith(b"<!doctype html"):
        return _is("网页表格（HTML）", "a table of a web page (HTML)")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return _is("XML 表格 2003", "an XML spreadsheet of 2003")
    if head.startswith(b"%pdf"):
        return _is("PDF 文件", "a PDF")
    if (
        body.startswith(_PICTURES)
        or (body.startswith(b"BM") and body[6:10] == bytes(4))
        or body[4:12] in {b"ftypheic", b"ftypmif1"}
        or body[8:12] == b"WEBP"
    ):
        return WorkbookError(
            "not-a-workbook",
            "这是图片：请把名册录入 .xlsx 工作簿后上传",
            "this is a picture: type the roster into an .xlsx workbook and send that",
        )
    if body.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        return _packed()
    if b"\x00" not in body[:4096] or body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _is("文本文件（如 .csv）", "a text file (such as .csv)")
    return damaged()


def _other_archive(archive: Archive) -> WorkbookError:
    names = archive._members.keys()
    if "mimetype" in names and "content.xml" in names:
        return _is("OpenDocument 表格 (.ods)", "an OpenDocument spreadsheet (.ods)")
    if any(name.endswith(".iwa") for name in names):
        return WorkbookError(
            "not-a-workbook",
            "这是 Numbers 表格：请用“文件—导出为—Excel”导出后上传",
            "this is a Numbers document: export it to Excel and send that",
        )
    if any(name.startswith("word/") for name in names):
        return _is("Word 文档", "a Word document")
    if any(name.startswith("ppt/") for name in names):
        return _is("演示文稿", "a presentation")
    return _packed()


def _packed() -> WorkbookError:
    return WorkbookError(
        "not-a-workbook",
        "这是压缩包，不是 .xlsx 工作簿：请解压后上传其中的工作簿",
        "this is an archive and no .xlsx workbook: unpack it and send the workbook that is in it",
    )


def damaged() -> WorkbookError:
    """The refusal of what looks like a workbook and cannot be read."""
    return WorkbookError(
        "not-a-workbook",
        f"文件已损坏，不是可读取的 .xlsx 工作簿：{_SAVE_AGAIN[0]}",
        f"the file is damaged and no .xlsx workbook that can be read: {_SAVE_AGAIN[1]}",
    )


def unsafe(zh: str, en: str) -> WorkbookError:
    """The refusal of a workbook that carries what is not allowed."""
    return WorkbookError("workbook-unsafe", f"工作簿被拒绝：{zh}", f"the workbook is refused: {en}")


def _is(zh: str, en: str) -> WorkbookError:
    return WorkbookError(
        "not-a-workbook",
        f"这是{zh}，不是 .xlsx 工作簿：{_SAVE_AGAIN[0]}",
        f"this is {en} and no .xlsx workbook: {_SAVE_AGAIN[1]}",
    )


def _name(member: zipfile.ZipInfo) -> str:
    return member.filename.replace("\\", "/").lstrip("/").lower()
