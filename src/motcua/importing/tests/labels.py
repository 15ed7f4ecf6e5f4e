"""What a person read in 112 national records, by file and row: numbers only, no sentence of the records.

Made by reading the records themselves, not what a parser said of them: every thirteenth record of each file of trial
data from the seventh on, and the first of the smallest file (which has three). A line is

    file row | term of each channel | fees | papers

Files go by short names (`FILES`). Terms: C in person, O online, P by post; several are cases of one channel; d days,
w working days, h hours; "3w+50d" adds up; "?" a bare number whose unit stands nowhere; "-" none. Where a cell states
stages only, their sum; where sentences state one term a case, the longest. Fees: amounts (đồng unless said otherwise),
"free", "rule" (another document sets it, no figure), "-" none said. Papers in their order: originals/copies, "-/-" not
counted, ×n repeated.
"""

#: Short name → the file's own, without its ending.
FILES = {
    "full_bo-cong-an": "tthc_2026_full_bo-cong-an",
    "full_bo-nong-nghiep-mt": "tthc_2026_full_bo-nong-nghiep-mt",
    "full_bo-tu-phap": "tthc_2026_full_bo-tu-phap",
    "full_toa-an-nhan-dan": "tthc_2026_full_toa-an-nhan-dan",
    "tables_2025_bqp": "tthc_2025_bo_quoc_phong_structured",
    "archive_2021": "dichvucong_2021_sample",
}

LABELS = """
full_bo-cong-an 7 | C5d O5d P5d | 10USD | 0/0×2 1/0×3 0/1 1/0×2 2/0
full_bo-cong-an 20 | C- | - | 1/0 0/1 1/0×3
full_bo-cong-an 33 | O3d | 50USD | 0/1 1/0×2
full_bo-cong-an 46 | C5w O5w P5w | 145USD 155USD 165USD | 2/0 1/1 1/0 0/0 1/0×2
full_bo-cong-an 59 | C- | - | 1/0×2 0/1 1/0 1/1
full_bo-cong-an 72 | C5w O5w | 10000 5000 | 0/0 1/0×3
full_bo-cong-an 85 | C3w O3w P3w | - | 1/0×2 1/1
full_bo-cong-an 98 | C3w P3w | rule | 0/0 1/0×2
full_bo-cong-an 111 | C7w,1h,2w | rule | 1/0×3
full_bo-cong-an 124 | C3w O3w P3w | - | 0/0 1/0
full_bo-cong-an 137 | C3w O3w P3w | - | 0/0 1/0
full_bo-cong-an 150 | C7w O7w P7w | 50000 free | 1/0×3
full_bo-cong-an 163 | C15w O15w P15w | - | 1/1×4
full_bo-cong-an 176 | C5w O5w P5w | free | 1/0×2
full_bo-cong-an 189 | C5w O5w P5w | 50000 | 1/0×7 0/0
full_bo-cong-an 202 | C3w O3w P3w | 150000 | 1/0×3
full_bo-cong-an 215 | C7w O7w | 70000 | 1/0×3
full_bo-cong-an 228 | C3w O3w P3w | 150000 | 1/0
full_bo-cong-an 241 | C20w O20w P20w | - | 1/0
full_bo-cong-an 254 | C10d O10d P10d | free | 1/0×2
full_bo-cong-an 267 | C5w O5w | 135000 115000 | 1/0 0/1 1/0×3
full_bo-cong-an 280 | C5w P5w | free | 1/0
full_bo-cong-an 293 | C10w O10w P10w | free | 1/0×5
full_bo-cong-an 306 | C3w O3w P3w | 10000 | 1/0
full_bo-cong-an 319 | C3w | 10000 | 1/0
full_bo-cong-an 332 | C7w O7w | - | 1/1×2
full_bo-nong-nghiep-mt 7 | C24w O24w P24w | rule | 1/0×2
full_bo-nong-nghiep-mt 20 | C35w | free | 1/0×3
full_bo-nong-nghiep-mt 33 | C4w O4w P4w | free | 1/0 0/0 1/1
full_bo-nong-nghiep-mt 46 | C5w O5w P5w | free | 1/1×2
full_bo-nong-nghiep-mt 59 | C4w O4w P4w | free | 0/1 1/0×2
full_bo-nong-nghiep-mt 72 | C10w O10w P10w | free | 1/0×3
full_bo-nong-nghiep-mt 85 | C10d O10d P10d | free | 1/1×2 1/0×3
full_bo-nong-nghiep-mt 98 | C30w O30w P30w | free | 1/0×6
full_bo-nong-nghiep-mt 111 | C5w,10w O5w,10w P5w,10w | free | 0/1×3 1/0 0/1×2
full_bo-nong-nghiep-mt 124 | C30w O30w P30w | rule | 1/0×2
full_bo-nong-nghiep-mt 137 | C35w O35w P35w | free | 1/1×4
full_bo-nong-nghiep-mt 150 | C5w O5w P5w | free | 1/1×2
full_bo-nong-nghiep-mt 163 | C3w O3w P3w | 50000 | 1/1
full_bo-nong-nghiep-mt 176 | C7w O7w P7w | - | 1/0×2 0/0 1/0×4
full_bo-nong-nghiep-mt 189 | C11w O11w P11w | free | 1/0 0/1×2 1/0×2 0/1
full_bo-nong-nghiep-mt 202 | C15d O25d P15d | rule | 1/0×2
full_bo-nong-nghiep-mt 215 | C14d O14d P14d | 1000000 | 1/0×2
full_bo-nong-nghiep-mt 228 | C15d P15d | free | 1/0
full_bo-nong-nghiep-mt 241 | C12d O12d P12d | free | 1/0 1/1 0/1
full_bo-nong-nghiep-mt 254 | C15d O15d P15d | free | 1/1×2
full_bo-nong-nghiep-mt 267 | C18w O8w P8w | rule | 1/1×13
full_bo-nong-nghiep-mt 280 | C? O? P? | free | 1/0×7
full_bo-nong-nghiep-mt 293 | C15d O15d P15d | rule | 1/0 1/1
full_bo-nong-nghiep-mt 306 | C17d O7d P7d | rule | 1/1
full_bo-nong-nghiep-mt 319 | C25w | free | 1/1
full_bo-nong-nghiep-mt 332 | C26w O26w P26w | 4000000 | 1/0×2
full_bo-nong-nghiep-mt 345 | C10w+50d O10w+50d P10w+50d | - | 1/0×3 0/1 1/0
full_bo-nong-nghiep-mt 358 | C34w O34w P34w | - | 1/0×3
full_bo-nong-nghiep-mt 371 | C23w O23w P23w | free | 1/1×2
full_bo-nong-nghiep-mt 384 | C39w O39w P39w | - | 1/0×5
full_bo-nong-nghiep-mt 397 | C24w O24w P24w | free | 1/0×2
full_bo-nong-nghiep-mt 410 | C5w O5w P5w | rule | 1/0×2
full_bo-nong-nghiep-mt 423 | C18w O21w P21w | 5700000 1500000 | 1/0×4
full_bo-nong-nghiep-mt 436 | C15d O15d P15d | 850000 | 1/0×2
full_bo-nong-nghiep-mt 449 | C24h | rule | 1/0×2
full_bo-nong-nghiep-mt 462 | C30w O30w P30w | free | 1/0×6
full_bo-nong-nghiep-mt 475 | C30w O30w P30w | free | 1/1×3
full_bo-nong-nghiep-mt 488 | C6w O6w P6w | free | 1/0×4 0/1
full_bo-nong-nghiep-mt 501 | C3w O15d P15d | free | 1/1×11 1/0×2
full_bo-nong-nghiep-mt 514 | C4w O3w P3w | free | 1/0×4 0/1
full_bo-nong-nghiep-mt 527 | C17w O17w P17w | free | 1/0×3
full_bo-tu-phap 7 | C5w O5w P5w | free | 1/0×2 0/1
full_bo-tu-phap 20 | C? O? P? | rule | 1/0 0/0 1/0 0/0 1/0 0/0×20 1/0×2
full_bo-tu-phap 33 | C14w O14w P14w | free | 1/0 0/1
full_bo-tu-phap 46 | C5w O5w P5w | free | 0/1×2 1/0
full_bo-tu-phap 59 | C30d P30d | free | 1/0×3
full_bo-tu-phap 72 | C30d+5w P30d+5w | free | 1/1×2 2/0 0/0 1/1×2 0/0 1/1
full_bo-tu-phap 85 | C? O? P? | rule | 0/0 1/0 0/0×2 1/0 0/0 1/0 0/0 0/1×2 0/0 1/0 0/0×2 1/0×2
full_bo-tu-phap 98 | C15w O15w P15w | free | 1/0
full_bo-tu-phap 111 | C5w O5w P5w | free | 1/0
full_bo-tu-phap 124 | C7w O7w P7w | 500000 | 1/0×2
full_bo-tu-phap 137 | C3w O3w P3w | free | 1/1×4 1/0 1/1×4 1/0 1/1 0/1
full_bo-tu-phap 150 | C3w O3w P3w | 25000 | 1/0 1/1×3 -/-
full_bo-tu-phap 163 | C? O? P? | free | 1/0×2
full_bo-tu-phap 176 | C5w O5w P5w | 1000000 | 1/0×3
full_bo-tu-phap 189 | C? O? P? | rule free | 0/0×3 1/0 0/0 1/0 0/1 1/0×3 0/0
full_bo-tu-phap 202 | C7d O7d P7d | free | 0/1 1/0×2
full_bo-tu-phap 215 | C40w O40w P40w | 20000000 | 1/0 0/1 1/0
full_bo-tu-phap 228 | C- | 10USD | 1/0 1/1 1/0
full_bo-tu-phap 241 | C7w O7w P7w | free | 0/1 1/0×2 0/1
full_bo-tu-phap 254 | C? | rule | 3/0 0/3×3 3/0×2 0/3 3/0 0/3 3/0 0/3×3 3/0
full_bo-tu-phap 267 | C- O- P- | 8000 | 1/0×3 0/0×4 1/0 0/0×14 1/0×2 0/0
full_toa-an-nhan-dan 1 | C? O? | free | 1/0 0/1 1/1
tables_2025_bqp 7 | C7d,14d O7d,14d P7d,14d | free | 1/0 0/1×4
tables_2025_bqp 20 | C54w | free | 1/1 1/0 1/1 1/0
tables_2025_bqp 33 | C- O- P- | free | 1/0 0/1 1/1
tables_2025_bqp 46 | C40d P40d | free | 1/0×4
tables_2025_bqp 59 | C30d,40d P30d,40d | free | 1/0×6
tables_2025_bqp 72 | C3w O3w P3w | free | 1/0×3 0/1 1/1
tables_2025_bqp 85 | C13w P13w | free | 1/0×3
tables_2025_bqp 98 | C70d P70d | - | 1/1×2 1/0
tables_2025_bqp 111 | C15d O15d P15w | 2000000 3500000 4000000 5000000 | 1/0 0/1×6 1/0 0/1 1/0×2 0/1×2
tables_2025_bqp 124 | C90d P90d | - | 1/0
tables_2025_bqp 137 | O1h | free | 1/0×6
tables_2025_bqp 150 | C- | free | 5/0×8 0/5 1/0
tables_2025_bqp 163 | O3h | free | 1/0×2
tables_2025_bqp 176 | C5d P5d | free | 1/0
tables_2025_bqp 189 | C32d O32d P32d | free | 1/0 0/1 1/0
tables_2025_bqp 202 | C1w | free | 1/0
archive_2021 7 | C15d | - | 1/0×3
archive_2021 20 | C15d | - | 1/0
archive_2021 33 | C40w | - | 1/0
archive_2021 46 | C3w P3w | - | 1/1×2 1/0 0/0
archive_2021 59 | P5w | - | 1/0×3 2/0 0/1
archive_2021 72 | C20w P20w | - | 1/0×3
archive_2021 85 | C- | - | 1/0
"""
