# Một Cửa. `make help` lists what can be done.

PORT ?= 8000
HOST ?= 127.0.0.1
PY := .venv/bin/python
COMPILE := $(PY) -m uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
	--custom-compile-command 'make lock'

.PHONY: help run install dev test kill-test check lock format clean
.DEFAULT_GOAL := help

help: ## in danh sách này
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

run: install ## cài đặt rồi chạy bản mẫu tại http://localhost:8000 (make run PORT=9000)
	@exec env PYTHONUTF8=1 $(PY) -P -m motcua up --demo --host "$(HOST)" --port "$(PORT)"

install: ## tạo .venv và cài thư viện để chạy
	@sh scripts/bootstrap run

dev: ## như install, thêm công cụ phát triển và kiểm thử
	@sh scripts/bootstrap dev

test: dev ## chạy mọi kiểm thử
	@sh scripts/test-tools
	$(PY) -m pytest -n 2 -m "not browser"
	$(PY) -m pytest -n 2 -m browser

kill-test: dev ## giết ngẫu nhiên 200 lần mọi tiến trình rồi chứng minh không mất, không lặp việc nào
	$(PY) -m tests.kill

check: dev ## kiểm tra mã nguồn, kiểu, tầng, khuôn trang, các bước đổi bảng
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -c 'import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())'
	$(PY) -m djlint --quiet --lint src
	$(PY) scripts/check_migrations.py

lock: dev ## tính lại các tệp khóa thư viện từ pyproject.toml
	$(COMPILE) --upgrade requirements/bootstrap.in -o requirements/bootstrap.txt
	$(COMPILE) --upgrade pyproject.toml -o requirements/run.txt
	$(COMPILE) --upgrade --extra dev -c requirements/run.txt pyproject.toml -o requirements/dev.txt

format: dev ## sửa cách viết mã
	$(PY) -m ruff check --fix-only .
	$(PY) -m ruff format .

clean: ## xóa .venv và các tệp tạm (giữ dữ liệu trong var/)
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
