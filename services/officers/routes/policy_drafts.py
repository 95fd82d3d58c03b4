"""What a proposal for the policy is made of: versions that lie in the office's folder, and batches by their titles."""

import asyncio
import re
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter
from fastapi import Path as InPath

from contracts.policy import loader
from contracts.policy.model import Text
from services.officers.office import Office
from services.officers.readmodel.reading import cases
from services.officers.routes.caller import AtOffice, Permitted
from services.officers.views.base import READS
from services.officers.views.policies import BatchTitleView, DraftContentView, DraftView
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/policies/proposals", tags=["policies"])
VERSION = r"^[0-9A-Za-z][0-9A-Za-z.\-]{0,40}$"
Version = Annotated[str, InPath(pattern=VERSION)]
MOST_DRAFTS, MOST_BATCHES = 20, 1000
"""An office has a few of the one, and some dozens of the other."""


@router.get("/drafts", responses=READS)
async def drafts(who: Permitted, office: AtOffice) -> list[DraftView]:
    """Versions in the office's folder that were not released, each with its digest or the first fault in it."""
    return [await asyncio.to_thread(_listed, folder) for folder in _folders(office)]


@router.get("/drafts/{version}", responses=READS)
async def draft(version: Version, who: Permitted, office: AtOffice) -> DraftContentView:
    """One of them complete, as it would be released under this digest."""
    folder = next((one for one in _folders(office) if one.name == version), None)
    if folder is None:
        raise RefusedError("unknown-policy")
    found = await drafted(folder)
    return DraftContentView(version=version, digest=found.digest, policy=found.policy.model_dump(mode="json"))


@router.get("/batches", responses=READS)
async def batch_titles(who: Permitted, office: AtOffice) -> list[BatchTitleView]:
    """The batches that a rule of transition may name: title and version, and nothing of their cases (SOD-09)."""
    async with office.database.read() as session:
        rows = await cases.titles(session, MOST_BATCHES)
    return [BatchTitleView(batch_id=ident, title=title, policy=policy) for ident, title, policy in rows]


async def drafted(folder: Path) -> loader.Release:
    """The version in the folder. RefusedError `policy-faulty` with the first fault that the check finds."""
    try:
        return await asyncio.to_thread(loader.drafted, folder)
    except loader.PolicyError as error:
        said = Text(zh=f"文件有误（检查程序的原话）：{error}", en=str(error))
        raise RefusedError("policy-faulty", said) from error


def _folders(office: Office) -> list[Path]:
    """The folders of versions that were not released, by name."""
    there = office.policies_dir
    if there is None or not there.is_dir():
        return []
    found = [
        one
        for one in there.iterdir()
        if re.fullmatch(VERSION, one.name)
        and (one / "policy.yaml").is_file()
        and one.name not in loader.versions()
    ]
    return sorted(found, key=lambda one: one.name)[:MOST_DRAFTS]


def _listed(folder: Path) -> DraftView:
    try:
        return DraftView(version=folder.name, digest=loader.drafted(folder).digest, fault="")
    except loader.PolicyError as error:
        return DraftView(version=folder.name, digest=None, fault=str(error))
