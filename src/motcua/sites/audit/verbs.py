"""Verbs of the journal in Vietnamese words, and their groups."""

import re
from collections.abc import Mapping
from typing import Final

from motcua.certification.terms import ACT_WORDS as CERTIFICATION_WORDS
from motcua.evidence.terms import ACT_WORDS as EVIDENCE_WORDS
from motcua.postal.terms import ACT_WORDS as POSTAL_WORDS
from motcua.results.terms import ACT_WORDS as RESULTS_WORDS
from motcua.scanning.terms import ACT_WORDS as SCANNING_WORDS
from motcua.signing.terms import ACT_WORDS as SIGNING_WORDS
from motcua.trust.terms import ACT_WORDS as TRUST_WORDS

#: Verb of the journal → what it says.
VERBS: Final[Mapping[str, str]] = {
    "dossier.submitted": "Nộp hồ sơ",
    "dossier.received": "Tiếp nhận hồ sơ",
    "dossier.standing_told": "Ghi hiện trạng hồ sơ vào nhật ký",
    "dossier.refused": "Từ chối tiếp nhận hồ sơ",
    "dossier.supplement_requested": "Yêu cầu bổ sung hồ sơ",
    "dossier.supplemented": "Bổ sung hồ sơ",
    "dossier.assigned": "Phân công",
    "dossier.forwarded": "Chuyển bước",
    "dossier.appraised": "Thẩm định, trình kết quả",
    "dossier.initialled": "Ký nháy dự thảo kết quả",
    "dossier.sent_back": "Trả lại bước trước",
    "dossier.approved": "Phê duyệt",
    "dossier.rejected": "Không phê duyệt",
    "dossier.result_sealed": "Cấp số, đóng dấu",
    "dossier.result_delivered": "Trả kết quả",
    "dossier.withdrawn": "Rút hồ sơ",
    "dossier.corrected": "Đính chính thông tin",
    "dossier.charge_added": "Thêm khoản thu",
    "dossier.payment_requested": "Yêu cầu nộp phí, lệ phí",
    "dossier.payment_collected": "Thu phí, lệ phí",
    "dossier.charge_waived": "Miễn, giảm phí, lệ phí",
    "dossier.charge_refunded": "Hoàn phí, lệ phí",
    "dossier.payment_corrected": "Sửa khoản thu ghi sai",
    "payment.charged": "Lập khoản phải nộp",
    "payment.requested": "Yêu cầu nộp",
    "payment.taken": "Thu tiền tại quầy",
    "payment.booked": "Ghi nhận tiền đã vào tài khoản",
    "payment.waived": "Miễn, giảm khoản thu",
    "payment.cancelled": "Hủy khoản thu",
    "payment.refunded": "Hoàn tiền",
    "payment.countered": "Ghi bút toán ngược",
    "payment.order_opened": "Tạo giao dịch thanh toán",
    "payment.flagged": "Nền tảng báo số tiền khác",
    "payment.series_opened": "Mở quyển biên lai",
    "payment.account_set": "Khai báo tài khoản thu",
    "shift.opened": "Mở ca thu",
    "shift.closed": "Chốt ca thu",
    "shift.taken_over": "Nhận bàn giao ca thu",
    "statement.read": "Tải lên sao kê",
    "statement.imported": "Nhập sao kê",
    "statement.line_resolved": "Xử lý dòng sao kê",
    "dossier.handed_over": "Bàn giao hồ sơ",
    "dossier.correction_proposed": "Đề nghị đính chính",
    "dossier.correction_decided": "Duyệt đề nghị đính chính",
    "dossier.opinion_asked": "Lấy ý kiến",
    "dossier.opinion_not_asked": "Không hỏi được ý kiến theo quy trình",
    "dossier.timer_rang": "Nhắc việc theo hẹn giờ của quy trình",
    "dossier.opinion_given": "Trả lời ý kiến",
    "dossier.opinion_cancelled": "Rút yêu cầu lấy ý kiến",
    "dossier.taken_over": "Nhận bàn giao",
    "dossier.hand_over_refused": "Từ chối nhận bàn giao",
    "dossier.taken_back": "Thu hồi hồ sơ vừa chuyển",
    "draft.taken": "Mở bản soạn sẵn tại quầy",
    "dossier.transferred": "Chuyển đơn vị thụ lý",
    "dossier.rebased": "Chuyển sang phiên bản thủ tục mới",
    "dossier.part_opened": "Mở hồ sơ thành phần liên thông",
    "dossier.part_finished": "Có kết quả hồ sơ thành phần",
    "dossier.part_handed_in": "Chuyển kết quả về hồ sơ chính",
    "dossier.papers_digitised": "Số hóa giấy tờ",
    "dossier.papers_checked": "Đánh dấu giấy tờ đã kiểm tra",
    "dossier.shelved": "Ghi nơi để hồ sơ giấy",
    "dossier.moved_to_successor": "Chuyển hồ sơ đến đơn vị kế thừa",
    "dossier.due_recomputed": "Tính lại hẹn trả theo lịch",
    "dossier.suspended": "Tạm dừng tính thời hạn",
    "dossier.resumed": "Tiếp tục tính thời hạn",
    "dossier.obligation_requested": "Yêu cầu nghĩa vụ tài chính",
    "dossier.obligation_fulfilled": "Xác nhận nghĩa vụ tài chính",
    "dossier.apology_drafted": "Soạn văn bản xin lỗi",
    "dossier.apology_dropped": "Bỏ dự thảo xin lỗi",
    "dossier.extended": "Xin lỗi và gia hạn",
    "dossier.apologised": "Xin lỗi vì trễ hạn",
    "dossier.stopped": "Dừng giải quyết",
    "dossier.result_recalled": "Thu hồi kết quả đã trả",
    "dossier.reopened": "Giải quyết lại",
    "dossier.renewed": "Lập hồ sơ mới nối tiếp",
    "suspension_rule.set": "Đặt quy định tạm dừng",
    "suspension_rule.ended": "Kết thúc quy định tạm dừng",
    "group.opened": "Mở lượt nộp nhiều hồ sơ",
    "group.joined": "Gộp hồ sơ vào lượt nộp",
    "batch.opened": "Bấm một lô việc",
    "register.asked": "Lập Sổ theo dõi hồ sơ",
    "dossier.read": "Mở xem hồ sơ để giám sát",
    **POSTAL_WORDS,
    **EVIDENCE_WORDS,
    **TRUST_WORDS,
    **SIGNING_WORDS,
    **RESULTS_WORDS,
    **SCANNING_WORDS,
    **CERTIFICATION_WORDS,
    "land.parcel_recorded": "Ghi thông tin thửa đất",
    "land.sheet_sent": "Chuyển thông tin xác định nghĩa vụ tài chính",
    "land.sheet_answered": "Cơ quan thuế ra thông báo",
    "land.sheet_returned": "Cơ quan thuế trả lại phiếu chuyển",
    "land.sheet_withdrawn": "Thu hồi phiếu chuyển",
    "land.tax_paid": "Ghi nhận nộp thuế đất",
    "certification.numbered": "Vào sổ chứng thực",
    "unit.created": "Lập đơn vị",
    "unit.first_named": "Đặt tên đơn vị đầu tiên",
    "unit.renamed": "Đổi tên đơn vị",
    "unit.moved": "Chuyển đơn vị",
    "unit.closed": "Kết thúc đơn vị",
    "unit.code_assigned": "Gán mã định danh",
    "hours.set": "Đặt giờ làm việc",
    "post.added": "Lập vị trí việc làm",
    "post.closed": "Kết thúc vị trí việc làm",
    "account.created": "Lập tài khoản",
    "account.signed_up": "Đăng ký tài khoản",
    "account.activated": "Kích hoạt tài khoản",
    "account.changed": "Sửa thông tin tài khoản",
    "account.signed_in": "Đăng nhập",
    "account.password_changed": "Đổi mật khẩu",
    "account.password_ended": "Hủy mật khẩu",
    "account.link_made": "Tạo liên kết dùng một lần",
    "account.vouched": "Xác thực định danh",
    "account.post_assigned": "Bố trí vị trí việc làm",
    "account.post_ended": "Thôi giữ vị trí việc làm",
    "account.leave_declared": "Khai báo vắng mặt",
    "account.leave_ended": "Trở lại làm việc",
    "reminder_rule.set": "Đặt mốc nhắc hạn",
    "reminder_rule.ended": "Bỏ mốc nhắc hạn",
    "account.factor_changed": "Thay đổi bảo mật hai lớp",
    "account.factors_removed": "Gỡ bảo mật hai lớp của tài khoản",
    "factor_rule.set": "Đặt quy định bảo mật hai lớp",
    "journal.checked": "Kiểm tra nhật ký",
    "account.deactivated": "Khóa tài khoản",
    "account.reactivated": "Mở lại tài khoản",
    "delegation.granted": "Giao quyền",
    "delegation.revoked": "Chấm dứt giao quyền",
    "helper_limit.set": "Đặt hạn mức nộp thay",
    "token.issued": "Cấp khóa truy cập",
    "token.revoked": "Thu hồi khóa truy cập",
    "procedure.drafted": "Soạn phiên bản thủ tục",
    "procedure.draft_changed": "Sửa bản thảo thủ tục",
    "procedure.draft_discarded": "Bỏ bản thảo thủ tục",
    "procedure.draft_returned": "Trả lại bản thảo thủ tục",
    "procedure.cloned": "Nhân bản thủ tục",
    "procedure.publication_proposed": "Xin công bố thủ tục",
    "procedure.approved": "Duyệt công bố thủ tục",
    "procedure.package_installed": "Cài gói thủ tục",
    "procedure.published": "Công bố thủ tục",
    "procedure.imported": "Nhập thủ tục",
    "blob.faulty": "Phát hiện tệp mất, hỏng hoặc có mã độc",
    "blob.mended": "Tệp đã nguyên vẹn trở lại",
    "blob.miscounted": "Sửa số nơi giữ tệp",
    "blob.removed": "Bỏ hẳn tệp không nơi nào giữ",
    "procedure.offered": "Đăng ký tiếp nhận thủ tục",
    "procedure.offering_stopped": "Thôi tiếp nhận thủ tục",
    "procedure.retired": "Bãi bỏ thủ tục",
    "calendar.day_declared": "Khai báo ngày nghỉ, làm bù",
    "calendar.day_removed": "Bỏ khai báo ngày nghỉ, làm bù",
    "calendar.loaded": "Nạp lịch nghỉ",
    "clock.set": "Đặt giờ chốt",
    "list.exported": "Xuất danh sách hồ sơ",
    "list.shared": "Đặt bộ lọc dùng chung",
    "territories.loaded": "Nạp danh mục đơn vị hành chính",
}
_QUOTED: Final = re.compile(r"«([a-z_]+\.[a-z_]+)»")
GROUPS: Final = (
    ("Hồ sơ", "dossier."),
    ("Đơn vị", "unit."),
    ("Vị trí việc làm", "post."),
    ("Tài khoản", "account."),
    ("Giao quyền", "delegation."),
    ("Khóa truy cập", "token."),
    ("Thủ tục", "procedure."),
    ("Lịch", "calendar."),
    ("Chứng thư số", "certificate"),
    ("Ký số", "signing."),
    ("Khác", ""),
)


def verb_text(verb: str) -> str:
    """Return the verb in words; one that is not known stays as it is."""
    return VERBS.get(verb, verb)


def in_words(sentence: str) -> str:
    """Return a sentence of the log with the verbs that it quotes («dossier.received») in words."""
    return _QUOTED.sub(lambda found: f"«{verb_text(found[1])}»", sentence)


def verb_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the verbs in groups, for a list to choose from."""
    left = dict(VERBS)
    found = []
    for label, prefix in GROUPS:
        group = [(verb, words) for verb, words in left.items() if verb.startswith(prefix)]
        for verb, _ in group:
            del left[verb]
        found.append((label, group))
    return found
