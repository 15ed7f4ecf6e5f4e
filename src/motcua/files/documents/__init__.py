"""Official documents by Nghị định 30/2020/NĐ-CP: 29 kinds, one page of rules, one call."""

from motcua.files.documents.kinds import DocumentKind, symbol_of, written_number
from motcua.files.documents.setting import document_json, render_document
from motcua.files.documents.terms import (
    Annex,
    Block,
    Circulation,
    Document,
    Signer,
    Urgency,
    article,
    chapter,
    fields,
    heading,
    table,
    text,
)

__all__ = [
    "Annex",
    "Block",
    "Circulation",
    "Document",
    "DocumentKind",
    "Signer",
    "Urgency",
    "article",
    "chapter",
    "document_json",
    "fields",
    "heading",
    "render_document",
    "symbol_of",
    "table",
    "text",
    "written_number",
]
