"""What the fields of a national record are called in the shapes it comes in, folded (no marks, spaces for _)."""

from collections.abc import Mapping

from motcua.kernel.text import fold

CODE_WORDS = frozenset(
    {
        "ma thu tuc",
        "ma so",
        "ma tthc",
        "matthc",
        "ma so tthc",
        "ma so thu tuc",
        "ma",
        "thu tuc id",
        "ma thu tuc hanh chinh",
    }
)
NAME_WORDS = frozenset(
    {
        "ten thu tuc",
        "ten",
        "ten tthc",
        "tentthc",
        "title",
        "ten thu tuc hanh chinh",
        "thu tuc hanh chinh",
        "ten thu tuc hanh chinh (tthc)",
    }
)

#: Our field → the names it goes by. The first name present with something in it wins.
FIELDS: Mapping[str, frozenset[str]] = {
    "code": CODE_WORDS,
    "name": NAME_WORDS,
    "decision": frozenset(
        {"so quyet dinh", "quyet dinh cong bo", "so quyet dinh cong bo", "soquyetdinh", "quyetdinhcongbo"}
    ),
    "level": frozenset({"cap thuc hien", "capthuchien"}),
    "type": frozenset({"loai thu tuc", "loaitthc", "loai tthc"}),
    "domain": frozenset({"linh vuc", "linhvucthuchien", "linh vuc thuc hien", "linhvuc"}),
    "steps": frozenset({"trinh tu thuc hien", "trinhtuthuchien"}),
    "ways": frozenset({"cach thuc thuc hien", "cachthucthuchien", "hinh thuc nop"}),
    "components": frozenset({"thanh phan ho so", "thanhphanhoso"}),
    "applicants": frozenset({"doi tuong thuc hien", "motadoituongthuchien", "doituongthuchien", "doi tuong"}),
    "agency": frozenset({"co quan thuc hien", "coquanthuchien"}),
    "authority": frozenset(
        {"co quan co tham quyen", "coquancothamquyen", "co quan ban hanh", "coquanbanhanh", "co quan cong bo"}
    ),
    "delegate": frozenset({"co quan duoc uy quyen", "coquanduocuyquyen"}),
    "partner": frozenset({"co quan phoi hop", "coquanphoihop"}),
    "address": frozenset({"dia chi tiep nhan", "dia chi tiep nhan hs", "diachitiepnhan", "dia chi tiep nhan ho so"}),
    "results": frozenset({"ket qua xu ly", "ket qua thuc hien", "ketquathuchien", "ket qua"}),
    "basis": frozenset({"can cu phap ly", "cancuphaply"}),
    "requirements": frozenset(
        {
            "yeu cau dieu kien",
            "yeu cau, dieu kien",
            "yeu cau dieu kien thuc hien",
            "yeu cau, dieu kien thuc hien",
            "yeucau",
        }
    ),
    "keywords": frozenset({"tu khoa", "tukhoa"}),
    "summary": frozenset({"mo ta", "mota"}),
    "related": frozenset({"thu tuc lien quan", "thutuclienquan"}),
    "term": frozenset({"thoi han giai quyet", "thoi han", "thoi gian giai quyet"}),
    "fee": frozenset({"phi, le phi", "phi le phi", "le phi", "phi"}),
}
_ALL = frozenset().union(*FIELDS.values())


def folded_key(key: str) -> str:
    """A field's name for comparing: "Mã_thủ_tục" and "ma_thu_tuc" are both "ma thu tuc"."""
    return fold(key.replace("_", " "))


def is_known_column(title: str) -> bool:
    """Whether a folded title names a field of a national record."""
    return title in _ALL
