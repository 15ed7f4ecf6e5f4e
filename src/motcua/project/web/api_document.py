"""The OpenAPI description, completed with what holds for every operation: how it refuses."""

from typing import Any

Json = dict[str, Any]

PROBLEM_TYPE = "application/problem+json"
_PROBLEM: Json = {
    "title": "Problem",
    "description": "Vì sao bị từ chối (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "urn:motcua:problem:<mã của lỗi đầu tiên>"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "Mọi lỗi thành câu, để cho người đọc"},
        "problems": {"type": "array", "items": {"$ref": "#/components/schemas/ProblemItem"}},
    },
}
_ITEM: Json = {
    "title": "ProblemItem",
    "description": "Một lỗi.",
    "type": "object",
    "required": ["code", "message"],
    "properties": {
        "code": {"type": "string", "description": "Mã tiếng Anh, không đổi"},
        "message": {"type": "string", "description": "Câu tiếng Việt"},
        "field": {"type": "string", "description": "Trường của yêu cầu, ví dụ owner.phone; không có: cả yêu cầu"},
        "basis": {"type": "string", "description": "Căn cứ pháp lý"},
        "pointer": {"type": "string", "description": "Chỗ sai trong câu trả lời của tờ khai, ví dụ /form/born"},
    },
}
_REFUSALS = {
    "401": "Không có khóa truy cập còn hiệu lực",
    "403": "Không có quyền thực hiện",
    "404": "Không tìm thấy, hoặc không thuộc phạm vi của tài khoản",
    "409": "Trái quy định, đã có người xử lý trước, hoặc Idempotency-Key đã dùng cho yêu cầu khác",
    "413": "Nội dung quá lớn",
    "422": "Thông tin chưa đúng; mọi lỗi được nêu một lần",
}
_DONE = {"200": "Đã thực hiện", "201": "Đã lập"}
_CONTENT: Json = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}


def complete(document: Json) -> None:
    """Add the refusals of every operation and Vietnamese words for its answers."""
    schemas = document["components"]["schemas"]
    schemas |= {"Problem": _PROBLEM, "ProblemItem": _ITEM}
    document["components"]["securitySchemes"]["BearerToken"]["description"] = (
        "Khóa truy cập của phần mềm: `motcua token <tài khoản>`"
    )
    for path in document["paths"].values():
        for method, operation in path.items():
            _complete(operation, schemas, writes=method == "post" and bool(operation.get("security")))


def _complete(operation: Json, schemas: Json, *, writes: bool) -> None:
    answers = operation["responses"] = {str(status): answer for status, answer in operation["responses"].items()}
    for status, answer in answers.items():
        answer["description"] = _DONE.get(status, answer["description"]) if writes else "Kết quả"
    for status in _statuses(operation, writes=writes):
        answers.setdefault(status, {"description": _REFUSALS[status], "content": _CONTENT})
    if "requestBody" in operation:
        _complete_body(operation["requestBody"], schemas)


def _statuses(operation: Json, *, writes: bool) -> list[str]:
    found = ["422"]
    if operation.get("security"):
        found += ["401", "404"]
    if any(one["in"] == "path" for one in operation["parameters"]):
        found.append("404")
    if writes:
        found += ["403", "409", "413"]
    return sorted(set(found))


def _complete_body(body: Json, schemas: Json) -> None:
    """No body is read as {}; one is needed when its shape has a field that is."""
    (content,) = body["content"].values()
    if "allOf" in content["schema"]:
        (content["schema"],) = content["schema"]["allOf"]
    name = content["schema"].get("$ref", "").rpartition("/")[2]
    body["required"] = bool(schemas.get(name, content["schema"]).get("required"))
