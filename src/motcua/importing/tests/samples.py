"""Invented national records in every shape."""

from typing import Any


def portal(**changes: Any) -> dict[str, Any]:
    """A full record whose cells are glued."""
    return {
        "ma_thu_tuc": "1.900001",
        "ten_thu_tuc": "Cấp giấy phép thử",
        "so_quyet_dinh": "12/QĐ-BT",
        "cap_thuc_hien": "Cấp tỉnh",
        "loai_thu_tuc": "Loại khác",
        "linh_vuc": "Lĩnh vực thử",
        "doi_tuong_thuc_hien": "Công dân Việt Nam, Doanh nghiệp",
        "trinh_tu_thuc_hien": "Bước 1: nộp.\nBước 2: nhận.",
        "cach_thuc_thuc_hien": (
            "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến4 Ngày làm việc60,000 Việt Nam Đồng(/giấy)"
            "Trực tiếp6 Ngày làm việc60,000 Việt Nam Đồng(/giấy)Tại quầy"
        ),
        "thanh_phan_ho_so": (
            "--Tên giấy tờMẫu đơn, tờ khaiSố lượngĐơn đề nghịDon.docx1 bản chínhBản vẽ0 bản chính,2 bản sao"
        ),
        "can_cu_phap_ly": "Tên văn bản pháp lýMã văn bảnLuật Thử01/2025/QH15",
        "co_quan_thuc_hien": "Sở Thử nghiệm",
        "yeu_cau_dieu_kien": "Không có thông tin",
        "ket_qua_xu_ly": "Giấy phép thửMã: KQ.G99.000001",
        **changes,
    }


def tables(**changes: Any) -> dict[str, Any]:
    """A record with real tables; the form's file stands in the column of the count."""
    return {
        "thu_tuc_id": "1.900002",
        "metadata": {
            "mã_thủ_tục": "1.900002",
            "tên_thủ_tục": "Đăng ký thử",
            "cấp_thực_hiện": "Cấp Bộ, Cấp Xã",
            "lĩnh_vực": "Lĩnh vực thử",
        },
        "content": {"cách_thức_thực_hiện": "", "kết_quả_thực_hiện": "Quyết định", "từ_khóa": "Không có thông tin"},
        "tables": {
            "hinh_thuc_nop": [
                {"hinh_thuc": "Trực tiếp", "thoi_han_giai_quyet": "03 Ngày", "phi_le_phi": "Phí : 0 Đồng", "mo_ta": ""},
                {
                    "hinh_thuc": "Trực tiếp",
                    "thoi_han_giai_quyet": "09 Ngày",
                    "phi_le_phi": "",
                    "mo_ta": "Trường hợp phải xác minh: 09 ngày",
                },
            ],
            "thanh_phan_ho_so": [
                {"ten_giay_to": "Tờ khai", "so_luong": "Mau1.doc", "ghi_chu": "Bản chính: 3\nBản sao: 1"}
            ],
            "can_cu_phap_ly": [
                {"so_ky_hieu": "7", "trich_yeu": "Nghị định số 7/2024/NĐ-CP", "ngay_ban_hanh": "05-01-2024"}
            ],
        },
        **changes,
    }


def archive(**changes: Any) -> dict[str, Any]:
    """A record of the old portal: no code, keys in words."""
    return {
        "_id": {"$oid": "1"},
        "title": "Xác nhận thử",
        "Trình tự thực hiện": "Nộp rồi nhận.",
        "Cách thức thực hiện": [
            {"Hình thức nộp": "Trực tiếp", "Thời hạn giải quyết": "Ngay trong ngày", "Phí, lệ phí": "", "Mô tả": ""}
        ],
        "Thành phần hồ sơ": [
            {
                "Tên giấy tờ": "Đơn",
                "Mẫu đơn, tờ khai": "https://example.org/tai?ma=",
                "Số lượng - bản chính": "Bản chính: 1 - Bản sao: 2",
            }
        ],
        "Cơ quan thực hiện": "Ủy ban nhân dân xã",
        **changes,
    }


def exchange(**changes: Any) -> dict[str, Any]:
    """What LayThuTuc of the national portal answers."""
    return {
        "MATTHC": "1.900003.H90",
        "TENTTHC": "Cấp thẻ thử",
        "LINHVUCTHUCHIEN": [{"MALINHVUC": "G99-LV01", "TENLINHVUC": "Thẻ"}],
        "TRINHTUTHUCHIEN": [{"TRUONGHOP": "", "TRINHTU": [{"TENTRINHTU": "Nộp"}, {"TENTRINHTU": "Nhận"}]}],
        "CACHTHUCTHUCHIEN": [
            {
                "KENH": "2",
                "THOIGIAN": [
                    {
                        "THOIGIANGIAIQUYET": "5",
                        "DONVITINH": "Ngày làm việc",
                        "MOTA": "",
                        "PHILEPHI": [{"SOTIEN": "120000", "DONVI": "Đồng", "MOTA": "Phí cấp thẻ: 120.000 đồng/thẻ"}],
                    }
                ],
            },
            {"KENH": "3", "THOIGIAN": [{"THOIGIANGIAIQUYET": "8", "DONVITINH": "Ngày", "PHILEPHI": []}]},
        ],
        "THANHPHANHOSO": [
            {
                "TRUONGHOP": "Trường hợp cấp mới",
                "GIAYTO": [{"MAGIAYTO": "G1", "TENGIAYTO": "Đơn", "SOBANCHINH": "1", "SOBANSAO": "0", "URL": "a"}],
            },
            {"TRUONGHOP": "Trường hợp cấp lại", "GIAYTO": [{"TENGIAYTO": "Thẻ cũ", "SOBANCHINH": 1, "SOBANSAO": 0}]},
        ],
        "CAPTHUCHIEN": "Cấp xã",
        "YEUCAU": "",
        "KETQUATHUCHIEN": [{"MAKETQUA": "KQ.G99.000002", "TENKETQUA": "Thẻ"}],
        "CANCUPHAPLY": [{"SOVANBAN": "3/2024/TT-BTC", "TENVANBAN": "Thông tư"}],
        "COQUANTHUCHIEN": [{"MADONVI": "H90", "TENDONVI": "Ủy ban nhân dân cấp xã"}],
        **changes,
    }


def listed(**changes: Any) -> dict[str, Any]:
    """A row of the portal's list in Excel."""
    return {
        "Mã số": "1.900001",
        "Tên": "Cấp giấy phép thử",
        "Cơ quan ban hành": "Bộ Thử",
        "Cơ quan thực hiện": "Sở Thử nghiệm",
        "Lĩnh vực": "Lĩnh vực thử",
        **changes,
    }
