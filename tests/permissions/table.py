"""Who gets what: every address of the house, every role, the status code.

One line an address: the method, the name of the URL, a code for each role. `login` is the way to the sign-in page.
Reads are GET; writes are sent with the least body (`{}` for the API, nothing for forms), so a right that is there shows
as 200, 409 or 422, and one that is not as 401, 403 or 404. To add an address: add its name to a part of the table in
`project/doors/`, run `pytest tests/permissions`, read the line that the failing test prints, and put it here when it
is right.

The roles: nobody; the citizen whose dossier it is; another citizen; the receiver of its desk, the specialist and leader
of the division, leader and sealer of the agency; administrator and overseer of the province; an officer of another
ward with every working right there.
"""

ROLES = (
    "anonymous", "citizen", "other_citizen", "receiver", "specialist", "division_leader", "agency_leader", "sealer",
    "admin", "overseer", "stranger",
)  # fmt: skip

#: Parts of addresses that mean different things in different places; the others are in `stage.py`.
PARTS: dict[str, dict[str, str]] = {
    "portal:apply_page": {"page": "noi-nop"},
    "portal:apply_form": {"page": "tre"},
    "desk:act": {"slug": "chuyen"},
    "desk:shift": {"shift_id": "9"},
    "desk:take_shift": {"shift_id": "9"},
    "desk:closing_sheet": {"shift_id": "9"},
    "desk:shift_receipts": {"shift_id": "9"},
    "desk:statement": {"statement_id": "9"},
    "desk:bank_line": {"line_id": "9"},
    "desk:money_receipt": {"receipt_id": "9"},
    "portal:money_receipt": {"receipt_id": "9"},
    "portal:proof": {"entry_id": "9"},
    "desk:proof": {"entry_id": "9"},
    "desk:result": {"paper_id": "9"},
    "desk:result_file": {"paper_id": "9"},
    "desk:result_slip": {"paper_id": "9"},
    "portal:check_result": {"code": "0000-0000-0000"},
    "portal:check_qr": {"text": "MC1AAAA"},
    "portal:consent_end": {"consent_id": "9"},
    "portal:representation_end": {"representation_id": "9"},
    "desk:representing_end": {"representation_id": "9"},
    "portal:store_paper": {"paper_id": "9"},
    "portal:store_file": {"paper_id": "9"},
    "portal:store_slip": {"paper_id": "9"},
    "portal:store_share": {"paper_id": "9"},
    "portal:share_end": {"share_id": "9"},
    "portal:share_look": {"share_id": "9", "secret": "khong-co"},
    "portal:share_file": {"share_id": "9", "secret": "khong-co"},
    "desk:batch": {"slug": "tiep-nhan"},
    "desk:scan": {"stack_id": "9"},
    "desk:scan_page": {"stack_id": "9", "page_id": "9"},
    "desk:certify_scan": {"stack_id": "9"},
    "desk:book": {"book_id": "9"},
    "desk:book_pdf": {"book_id": "9"},
    "desk:book_excel": {"book_id": "9"},
    "desk:book_correction": {"book_id": "9", "entry_id": "9"},
    "desk:handover_pdf": {"place": "1"},
    "desk:transfer_withdraw": {"sheet_id": "1"},
    "desk:own_paper": {"key": "giay-khai-sinh"},
    "post:taken_in": {"order_id": "1"},
    "post:order": {"order_id": "1"},
    "post:order_act": {"order_id": "1", "slug": "huy"},
    "post:sheet_make": {"kind": "cho-buu-dien"},
    "post:sheet": {"sheet_id": "1"},
    "post:sheet_drop": {"sheet_id": "1"},
    "post:sheet_pdf": {"sheet_id": "1"},
    "post:money_close": {"purpose": "fee", "to_unit_id": "1"},
    "post:money_list": {"handover_id": "1"},
    "post:money_pdf": {"handover_id": "1"},
    "post:receipt": {"receipt_id": "1"},
    "post:tax": {"notice_id": "1"},
    "tax:sheet": {"sheet_id": "1"},
    "tax:sheet_pdf": {"sheet_id": "1"},
    "tax:answer": {"sheet_id": "1"},
    "tax:return": {"sheet_id": "1"},
    "tax:paid": {"notice_id": "1"},
    "tax:money_list": {"handover_id": "1"},
    "tax:money_pdf": {"handover_id": "1"},
    "demo_pki:stamp": {"name": "1"},
    "demo_pki:ocsp": {"name": "officers"},
    "demo_pki:crl": {"name": "officers"},
    "demo_pki:authority": {"name": "root"},
    "upload_piece": {"upload_id": "00000000-0000-0000-0000-000000000000"},
    "studio:part": {"page": "truong-hop"},
    "studio:add": {"path": "truong-hop"},
    "studio:item": {"path": "truong-hop/0"},
    "studio:delete": {"path": "truong-hop/0"},
    "studio:paper": {"key": "to-khai"},
    "studio:try_fill": {"page": "thong-tin"},
    "backoffice:certificate": {"certificate_id": "9"},
    "backoffice:certificate_file": {"certificate_id": "9"},
    "backoffice:certificate_key": {"certificate_id": "9"},
    "backoffice:certificate_check": {"certificate_id": "9"},
    "backoffice:certificate_request_about": {"certificate_id": "9", "slug": "gia-han"},
    "backoffice:certificate_request": {"request_id": "9"},
    "backoffice:certificate_request_letter": {"request_id": "9"},
    "backoffice:certificate_request_take": {"request_id": "9"},
    "backoffice:certificate_request_answer": {"request_id": "9"},
    "backoffice:certificate_request_cancel": {"request_id": "9"},
    "backoffice:trust_service_end": {"service_id": "9"},
    "signing_keys": {"whose": "toi"},
    "signing_key_file": {"whose": "toi"},
    "signing_key_remote": {"whose": "toi"},
    "signing_key_agent": {"whose": "toi"},
    "signing_key_trial": {"whose": "toi"},
    "signing_key_proof": {"whose": "toi"},
    "signing_key_withdraw": {"whose": "toi", "offer_id": "9"},
    "signing_key_act": {"whose": "toi", "certificate_id": "9", "slug": "go"},
    "backoffice:signing_service": {"service_id": "9"},
    "backoffice:signing_service_change": {"service_id": "9"},
    "backoffice:signing_service_end": {"service_id": "9"},
    "backoffice:key_offer": {"offer_id": "9"},
    "backoffice:key_offer_refuse": {"offer_id": "9"},
    "backoffice:trust_rule": {"slug": "dau-thoi-gian"},
    "backoffice:clock": {"slug": "tra-trong-ngay"},
    "audit:journal_export": {"kind": "csv"},
    "account_activate": {"secret": "khong-co"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "khong-co"},
    "openid_connect_login": {"provider_id": "khong-co"},
    "openid_connect_callback": {"provider_id": "khong-co"},
}

#: The least body of a write that says what right is missing, where `{}` is refused for its shape.
BODIES: dict[str, str] = {
    "api:extend": '{"promised_at": "2026-03-09T10:00:00+07:00"}',
    "api:say_sorry": '{"promised_at": "2026-03-09T10:00:00+07:00"}',
    "api:reopen": '{"due_at": "2026-03-09T10:00:00+07:00"}',
    "api:stop": '{"ground": "other"}',
    "api:suspend": '{"kind": "dispute"}',
    "api:charge": '{"kind": "fee", "name": "Phí", "unit_price": 1000}',
    "api:give_opinion": '{"opinion": "agree"}',
    "api:transfer": '{"to": "H49.61"}',
    "api:begin_part": '{"procedure": "9.999999"}',
    "api:settle_correction": '{"approve": true}',
    "api:assign": '{"to": "chuyen-vien"}',
    "api:approve": '{"draft_number": 1}',
    "api:reject": '{"draft_number": 1}',
    "api:create": '{"procedure": "1.001193", "agency": "H49.61", "owner": {"name": "Hoà"}}',
    "api:compute_due": '{"received_at": "2026-03-02T09:15:00+07:00", "amount": 1, "unit": "day"}',
}

TABLE = """
# the house, sign-in                         nobdy citzn other recvr speci divis agncy seal  admin overs stran
POST payments:callback                       404   404   404   404   404   404   404   404   404   404   404
POST demo_pki:stamp                          404   404   404   404   404   404   404   404   404   404   404
POST demo_pki:ocsp                           404   404   404   404   404   404   404   404   404   404   404
GET  demo_pki:crl                            404   404   404   404   404   404   404   404   404   404   404
GET  demo_pki:authority                      404   404   404   404   404   404   404   404   404   404   404
GET  evidence:head                           404   404   404   404   404   404   404   404   404   404   404
GET  evidence:note                           404   404   404   404   404   404   404   404   404   404   404
GET  evidence:growth                         404   404   404   404   404   404   404   404   404   404   404
GET  evidence:held                           200   200   200   200   200   200   200   200   200   200   200
POST evidence:offer                          422   422   422   422   422   422   422   422   422   422   422
GET  health                                  200   200   200   200   200   200   200   200   200   200   200
GET  ready                                   200   200   200   200   200   200   200   200   200   200   200
GET  metrics                                 200   200   200   200   200   200   200   200   200   200   200
GET  account_home                            login 200   200   200   200   200   200   200   200   200   200
GET  signature_image                         login 403   403   200   200   200   200   200   200   200   200
POST signature_image                         login 403   403   422   422   422   422   422   422   422   422
POST signature_image_drop                    login 403   403   404   404   404   404   404   404   404   404
GET  signature_image_file                    login 403   403   404   404   404   404   404   404   404   404
GET  signing_keys                            login 403   403   200   200   200   200   200   200   200   200
GET  signing_key_file                        login 403   403   200   200   200   200   200   200   200   200
POST signing_key_file                        login 403   403   422   422   422   422   422   422   422   422
GET  signing_key_remote                      login 403   403   200   200   200   200   200   200   200   200
POST signing_key_remote                      login 403   403   422   422   422   422   422   422   422   422
GET  signing_key_agent                       login 403   403   200   200   200   200   200   200   200   200
POST signing_key_trial                       login 403   403   422   422   422   422   422   422   422   422
POST signing_key_proof                       login 403   403   422   422   422   422   422   422   422   422
POST signing_key_withdraw                    login 403   403   404   404   404   404   404   404   404   404
POST signing_key_act                         login 403   403   404   404   404   404   404   404   404   404
GET  seal_image                              login 403   403   403   403   403   403   200   200   403   403
POST seal_image                              login 403   403   403   403   403   403   422   422   403   403
GET  seal_image_file                         login 403   403   403   403   403   403   404   404   403   403
GET  account_login                           200   302   302   302   302   302   302   302   302   302   302
GET  account_logout                          302   200   200   200   200   200   200   200   200   200   200
GET  account_signup                          200   302   302   302   302   302   302   302   302   302   302
GET  account_inactive                        200   200   200   200   200   200   200   200   200   200   200
GET  account_activate                        404   404   404   404   404   404   404   404   404   404   404
GET  account_reauthenticate                  login 200   200   200   200   200   200   200   200   200   200
GET  account_change_password                 login 200   200   200   200   200   200   200   200   200   200
GET  account_set_password                    login 302   302   302   302   302   302   302   302   302   302
GET  account_reset_password                  200   200   200   200   200   200   200   200   200   200   200
GET  account_reset_password_done             200   200   200   200   200   200   200   200   200   200   200
GET  account_reset_password_from_key         200   200   200   200   200   200   200   200   200   200   200
GET  account_reset_password_from_key_done    200   200   200   200   200   200   200   200   200   200   200
GET  usersessions_list                       login 200   200   200   200   200   200   200   200   200   200
GET  socialaccount_login_cancelled           200   200   200   200   200   200   200   200   200   200   200
GET  socialaccount_login_error               401   401   401   401   401   401   401   401   401   401   401
GET  openid_connect_login                    404   404   404   404   404   404   404   404   404   404   404
GET  openid_connect_callback                 404   404   404   404   404   404   404   404   404   404   404
POST screen_lock                             login 403   403   302   302   302   302   302   302   302   302
POST screen_unlock                           login 403   403   403   403   403   403   403   403   403   403
POST screen_awake                            login 403   403   204   204   204   204   204   204   204   204
GET  screen_switch                           login 403   403   200   200   200   200   200   200   200   200
POST upload_begin                            login 422   422   422   422   422   422   422   422   422   422
GET  upload_piece                            login 404   404   404   404   404   404   404   404   404   404
GET  mfa_activate_totp                       login 302   302   302   302   302   302   302   302   302   302
GET  mfa_add_webauthn                        login 302   302   302   302   302   302   302   302   302   302
GET  mfa_authenticate                        login 302   302   302   302   302   302   302   302   302   302
GET  mfa_deactivate_totp                     login 404   404   404   404   404   404   404   404   404   404
GET  mfa_download_recovery_codes             login 404   404   404   404   404   404   404   404   404   404
GET  mfa_edit_webauthn                       login 302   302   302   302   302   302   302   302   302   302
GET  mfa_generate_recovery_codes             login 302   302   302   302   302   302   302   302   302   302
GET  mfa_index                               login 200   200   200   200   200   200   200   200   200   200
GET  factor_needed                           login 302   302   302   302   302   302   302   302   302   302
GET  mfa_list_webauthn                       login 200   200   200   200   200   200   200   200   200   200
GET  mfa_login_webauthn                      login 302   302   302   302   302   302   302   302   302   302
GET  mfa_reauthenticate                      login 302   302   302   302   302   302   302   302   302   302
GET  mfa_reauthenticate_webauthn             login 302   302   302   302   302   302   302   302   302   302
GET  mfa_remove_webauthn                     login 302   302   302   302   302   302   302   302   302   302
GET  mfa_view_recovery_codes                 login 404   404   404   404   404   404   404   404   404   404
POST usersession_end                         login 404   404   404   404   404   404   404   404   404   404
# api                                        nobdy citzn other recvr speci divis agncy seal  admin overs stran
GET  api:openapi-json                        200   200   200   200   200   200   200   200   200   200   200
GET  api:agencies                            200   200   200   200   200   200   200   200   200   200   200
POST api:compute_due                         200   200   200   200   200   200   200   200   200   200   200
GET  api:list_procedures                     200   200   200   200   200   200   200   200   200   200   200
GET  api:show_procedure                      200   200   200   200   200   200   200   200   200   200   200
GET  api:show_form                           404   404   404   404   404   404   404   404   404   404   404
POST api:upload                              401   422   422   422   422   422   422   422   422   422   422
POST api:receive                             401   403   404   409   403   403   403   403   404   403   404
POST api:refuse                              401   403   404   409   403   403   403   403   404   403   404
POST api:ask_supplement                      401   403   404   422   403   403   403   403   404   403   404
POST api:supplement                          401   409   404   409   403   403   403   403   404   403   404
POST api:assign                              401   403   404   403   403   403   409   403   404   403   404
POST api:forward                             401   403   404   200   403   403   403   403   404   403   404
POST api:deliver                             401   403   404   409   403   403   403   403   404   403   404
POST api:withdraw                            401   422   404   422   403   403   403   403   404   403   404
POST api:correct                             401   403   404   422   403   403   403   403   404   403   404
POST api:appraise                            401   403   404   409   403   403   403   403   404   403   404
POST api:send_back                           401   403   404   409   403   403   403   403   404   403   404
POST api:approve                             401   403   404   409   403   403   403   403   404   403   404
POST api:reject                              401   403   404   409   403   403   403   403   404   403   404
POST api:seal                                401   403   404   409   403   403   403   403   404   403   404
POST api:create                              401   403   403   422   403   403   403   403   403   403   403
POST api:charge                              401   403   404   200   403   403   403   403   404   403   404
POST api:collect                             401   403   404   409   403   403   403   403   404   403   404
POST api:ask_payment                         401   403   404   409   403   403   403   403   404   403   404
POST api:waive                               401   403   404   409   403   403   409   403   404   403   404
POST api:refund                              401   403   404   409   403   403   403   403   404   403   404
POST api:put_right                           401   403   404   409   403   403   403   403   404   403   404
GET  api:bill                                401   200   404   200   200   200   200   200   404   422   404
POST api:ask_opinions                       401   403   404   403   403   403   422   403   404   403   404
POST api:give_opinion                       401   403   404   403   403   403   403   403   404   403   404
POST api:cancel_opinion                     401   403   404   403   409   409   409   403   404   403   404
POST api:confirm_hand_over                  401   403   404   409   403   403   403   403   404   403   404
POST api:decline_hand_over                  401   403   404   409   403   403   403   403   404   403   404
POST api:recover                            401   403   404   403   403   403   403   403   404   403   404
POST api:transfer                           401   403   404   403   403   422   422   403   404   403   404
POST api:rebase                             401   403   404   403   403   409   409   403   404   403   404
POST api:begin_part                         401   403   404   422   403   403   403   403   404   403   404
POST api:mark_papers                        401   403   404   409   403   403   403   403   404   403   404
POST api:shelve                             401   403   404   409   403   403   403   403   404   403   404
POST api:settle_correction                  401   403   404   403   403   409   409   403   404   403   404
GET  api:listing                             401   200   200   200   200   200   200   200   200   200   200
GET  api:queue                               401   200   200   200   200   200   200   200   200   200   200
GET  api:signing_queue                       401   200   200   200   200   200   200   200   200   200   200
POST api:sign_papers                         401   422   422   422   422   422   422   422   422   422   422
GET  api:signing_state                       401   404   404   404   404   404   404   404   404   404   404
POST api:prepare_signing                     401   422   422   422   422   422   422   422   422   422   422
POST api:send_signatures                     401   422   422   422   422   422   422   422   422   422   422
GET  api:reasons                             401   200   200   200   200   200   200   200   200   200   200
GET  api:detail                              401   200   404   200   200   200   200   200   404   422   404
GET  api:timeline                            401   200   404   200   200   200   200   200   404   422   404
GET  api:paper_pdf                           401   200   404   200   200   200   200   200   404   422   404
GET  api:file                                401   200   404   200   200   200   200   200   404   422   404
GET  api:api-root                            404   404   404   404   404   404   404   404   404   404   404
POST api:extend                              401   403   404   403   403   403   422   403   404   403   404
POST api:fulfil_obligation_now               401   403   404   409   403   403   403   403   404   403   404
POST api:recall                              401   403   404   403   403   403   409   403   404   403   404
POST api:refuse_supplement_now               401   403   404   409   403   403   409   403   404   403   404
POST api:renew                               401   409   404   409   403   403   403   403   404   403   404
POST api:reopen                              401   403   404   403   403   403   409   403   404   403   404
POST api:request_obligation_now              401   403   404   409   403   403   403   403   404   403   404
POST api:resume                              401   403   404   409   403   403   409   403   404   403   404
POST api:say_sorry                           401   403   404   403   403   403   409   403   404   403   404
POST api:stop                                401   403   404   403   403   403   422   403   404   403   404
POST api:suspend                             401   403   404   403   403   403   422   403   404   403   404
POST api:write_apology                       401   403   404   422   403   403   422   403   404   403   404
GET  api:late_causes                         401   200   200   200   200   200   200   200   200   200   200
# portal                                     nobdy citzn other recvr speci divis agncy seal  admin overs stran
GET  portal:home                             200   200   200   200   200   200   200   200   200   200   200
GET  portal:procedures                       200   200   200   200   200   200   200   200   200   200   200
GET  portal:procedure                        200   200   200   200   200   200   200   200   200   200   200
GET  portal:apply                            login 200   200   403   403   403   403   403   403   403   403
GET  portal:apply_papers                     login 302   404   403   403   403   403   403   403   403   403
GET  portal:apply_file                       login 200   404   403   403   403   403   403   403   403   403
GET  portal:apply_review                     login 302   404   403   403   403   403   403   403   403   403
POST portal:apply_discard                    login 302   404   403   403   403   403   403   403   403   403
GET  portal:apply_page                       login 200   404   403   403   403   403   403   403   403   403
GET  portal:apply_form                       login 404   404   403   403   403   403   403   403   403   403
GET  portal:apply_form_pdf                   login 404   404   403   403   403   403   403   403   403   403
GET  portal:declaration                      login 404   404   403   403   403   403   403   403   403   403
GET  portal:dossiers                         login 200   200   403   403   403   403   403   403   403   403
GET  portal:dossier                          login 200   404   403   403   403   403   403   403   403   403
GET  portal:submitted                        login 200   404   403   403   403   403   403   403   403   403
GET  portal:paper                            login 200   404   403   403   403   403   403   403   403   403
GET  portal:dossier_evidence                 login 200   404   403   403   403   403   403   403   403   403
GET  portal:proof                            login 404   404   403   403   403   403   403   403   403   403
GET  portal:attachment                       login 200   404   403   403   403   403   403   403   403   403
GET  portal:supplement                       login 409   404   403   403   403   403   403   403   403   403
GET  portal:pick_up                          login 200   404   403   403   403   403   403   403   403   403
GET  portal:withdraw                         login 200   404   403   403   403   403   403   403   403   403
GET  portal:renew                            login 409   404   403   403   403   403   403   403   403   403
GET  portal:money_receipt                    login 404   404   403   403   403   403   403   403   403   403
GET  portal:pay                              login 200   404   403   403   403   403   403   403   403   403
GET  portal:track                            200   200   200   200   200   200   200   200   200   200   200
GET  portal:verify                           200   200   200   200   200   200   200   200   200   200   200
GET  portal:evidence                         200   200   200   200   200   200   200   200   200   200   200
GET  portal:group                            login 200   404   403   403   403   403   403   403   403   403
GET  portal:figures                          200   200   200   200   200   200   200   200   200   200   200
GET  portal:tracked                          200   200   200   200   200   200   200   200   200   200   200
GET  portal:notices                          login 200   200   403   403   403   403   403   403   403   403
GET  portal:style_guide                      200   200   200   200   200   200   200   200   200   200   200
GET  portal:my_data                          login 200   200   403   403   403   403   403   403   403   403
GET  portal:my_data_file                     login 200   200   403   403   403   403   403   403   403   403
GET  portal:check                            200   200   200   200   200   200   200   200   200   200   200
GET  portal:check_keys                       200   200   200   200   200   200   200   200   200   200   200
GET  portal:check_trust                      200   200   200   200   200   200   200   200   200   200   200
GET  portal:check_offline                    200   200   200   200   200   200   200   200   200   200   200
GET  portal:check_worker                     200   200   200   200   200   200   200   200   200   200   200
GET  portal:check_result                     404   404   404   404   404   404   404   404   404   404   404
GET  portal:check_qr                         200   200   200   200   200   200   200   200   200   200   200
GET  portal:store                            login 200   200   403   403   403   403   403   403   403   403
POST portal:consent_code                     login 403   403   403   403   403   403   403   403   403   403
POST portal:consent_end                      login 403   403   403   403   403   403   403   403   403   403
POST portal:representation_end               login 404   404   403   403   403   403   403   403   403   403
GET  portal:store_paper                      login 403   403   403   403   403   403   403   403   403   403
GET  portal:store_file                       login 403   403   403   403   403   403   403   403   403   403
GET  portal:store_slip                       login 403   403   403   403   403   403   403   403   403   403
GET  portal:store_share                      login 403   403   403   403   403   403   403   403   403   403
POST portal:share_end                        login 404   404   403   403   403   403   403   403   403   403
GET  portal:share_look                       404   404   404   404   404   404   404   404   404   404   404
GET  portal:share_file                       404   404   404   404   404   404   404   404   404   404   404
# desk                                       nobdy citzn other recvr speci divis agncy seal  admin overs stran
GET  desk:till                               login 403   403   200   200   200   200   200   403   200   200
GET  desk:results                            login 403   403   200   200   200   200   200   403   200   200
GET  desk:result                             login 403   403   404   404   404   404   404   403   404   404
GET  desk:representing                       login 403   403   200   200   200   200   200   403   200   200
POST desk:representing_end                   login 403   403   404   404   404   404   404   403   404   404
GET  desk:result_file                        login 403   403   404   404   404   404   404   403   404   404
GET  desk:result_slip                        login 403   403   404   404   404   404   404   403   404   404
GET  desk:shift                              login 403   403   404   404   404   404   404   403   404   404
POST desk:take_shift                         login 403   403   404   404   404   404   404   403   404   404
GET  desk:closing_sheet                      login 403   403   404   404   404   404   404   403   404   404
GET  desk:shift_receipts                     login 403   403   404   404   404   404   404   403   404   404
GET  desk:statements                         login 403   403   200   200   200   200   200   403   200   200
GET  desk:statement                          login 403   403   404   404   404   404   404   403   404   404
POST desk:bank_line                          login 403   403   422   422   422   422   422   403   422   422
GET  desk:daily                              login 403   403   200   404   404   200   404   403   404   200
GET  desk:daily_excel                        login 403   403   200   404   404   200   404   403   404   200
GET  desk:money_account                      login 403   403   200   404   404   200   404   403   404   200
GET  desk:money_receipt                      login 403   403   404   404   404   404   404   403   404   404
GET  desk:money_receipts                     login 403   403   404   404   404   404   404   403   404   404
GET  desk:home                               login 403   403   200   200   200   200   200   403   200   200
GET  desk:notices                            login 403   403   200   200   200   200   200   200   200   200
GET  desk:approvals                          login 403   403   200   200   200   200   200   403   200   200
GET  desk:signing                            login 403   403   200   200   200   200   200   403   200   200
GET  desk:signing_batch                      login 403   403   404   404   404   404   404   403   404   404
POST desk:signing_prepare                    login 403   403   422   422   422   422   422   403   422   422
POST desk:signing_finish                     login 403   403   422   422   422   422   422   403   422   422
GET  desk:signing_paper                      login 403   403   404   404   404   404   404   403   404   404
GET  desk:sealing                            login 403   403   200   200   200   200   200   403   200   200
GET  desk:reserved_numbers                   login 403   403   200   200   200   200   200   403   200   200
GET  desk:batch                              login 403   403   200   200   200   200   200   403   200   200
GET  desk:batch_outcome                      login 403   403   200   404   404   404   404   403   404   404
GET  desk:register                           login 403   403   200   200   200   200   200   403   404   200
GET  desk:register_run                       login 403   403   200   404   404   404   404   403   404   404
GET  desk:register_file                      login 403   403   200   404   404   404   404   403   404   404
GET  desk:group                              login 403   403   200   200   200   200   200   403   200   404
GET  desk:control_sheet                      login 403   403   200   200   200   200   200   403   302   404
GET  desk:process_log                        login 403   403   200   200   200   200   200   403   302   404
GET  desk:find                               login 403   403   200   200   200   200   200   403   200   200
GET  desk:intake                             login 403   403   200   403   403   403   403   403   403   200
GET  desk:intake_form                        login 403   403   200   403   403   403   403   403   403   403
GET  desk:handovers                          login 403   403   200   200   200   200   200   403   200   200
GET  desk:handover_pdf                       login 403   403   404   404   404   404   404   403   404   404
GET  desk:handover_list                      login 403   403   200   200   200   200   200   403   200   200
GET  desk:dossier                            login 403   403   200   200   200   200   200   403   302   404
GET  desk:receipt                            login 403   403   200   200   200   200   200   403   302   404
GET  desk:paper                              login 403   403   200   200   200   200   200   403   302   404
GET  desk:dossier_evidence                   login 403   403   200   200   200   200   200   403   302   404
GET  desk:proof                              login 403   403   404   404   404   404   404   403   302   404
GET  desk:declaration                        login 403   403   404   404   404   404   404   403   302   404
GET  desk:own_paper                          login 403   403   404   404   404   404   404   403   302   404
GET  desk:file                               login 403   403   200   200   200   200   200   403   302   404
GET  desk:look                               login 403   403   200   200   200   200   200   403   302   404
GET  desk:act                                login 403   403   200   302   302   302   302   403   302   404
GET  desk:certified                          login 403   403   200   403   403   403   403   403   403   403
GET  desk:certified_done                     login 403   403   200   403   403   403   403   403   403   404
GET  desk:scans                              login 403   403   200   200   200   200   200   403   200   200
GET  desk:scan_dossier                       login 403   403   200   200   200   200   200   403   302   404
GET  desk:scan_sheets                        login 403   403   200   200   200   200   200   403   200   404
GET  desk:scan                               login 403   403   404   404   404   404   404   403   404   404
GET  desk:scan_page                          login 403   403   404   404   404   404   404   403   404   404
GET  desk:copies_paper                       login 403   403   200   200   200   200   200   403   200   200
GET  desk:copies_certify                     login 403   403   200   200   200   200   200   403   200   200
GET  desk:copies_seal                        login 403   403   200   200   200   200   200   403   200   200
GET  desk:books                              login 403   403   200   200   200   200   200   403   200   200
GET  desk:book                               login 403   403   404   404   404   404   404   403   404   404
GET  desk:book_pdf                           login 403   403   404   404   404   404   404   403   404   404
GET  desk:book_excel                         login 403   403   404   404   404   404   404   403   404   404
GET  desk:book_correction                    login 403   403   404   404   404   404   404   403   404   404
GET  desk:book_entry                         login 403   403   200   200   200   200   200   403   302   404
GET  desk:certified_copy                     login 403   403   404   404   404   404   404   403   302   404
GET  desk:certify_scan                       login 403   403   404   404   404   404   404   403   404   404
POST desk:certified_give                     login 403   403   404   403   403   403   403   403   403   404
GET  desk:parcel                             login 403   403   404   404   404   404   404   403   404   404
GET  desk:transfer_sheet                     login 403   403   200   200   200   200   200   403   200   404
GET  desk:transfer_withdraw                  login 403   403   200   200   200   200   200   403   200   404
GET  desk:delegations                        login 403   403   200   200   200   200   200   200   200   200
GET  desk:delegation_grant                   login 403   403   200   200   200   200   200   403   403   200
GET  desk:delegation                         login 403   403   404   404   404   200   404   404   404   404
GET  desk:delegation_revoke                  login 403   403   404   404   404   200   404   404   404   404
GET  desk:leave                              login 403   403   403   409   409   403   403   403   403   409
GET  desk:leave_end                          login 403   403   200   200   200   200   200   200   200   200
GET  desk:assist_form                        login 403   403   200   403   403   403   403   403   403   403
GET  desk:helpers                            login 403   403   200   200   200   200   200   403   200   200
GET  desk:helper_limit                       login 403   403   403   403   403   200   403   403   403   403
GET  desk:printed                            login 403   403   200   200   200   200   200   403   200   200
POST desk:export                             login 403   403   200   200   200   200   200   403   200   200
POST desk:find_export                        login 403   403   200   200   200   200   200   403   200   200
GET  desk:saved                              login 403   403   200   200   200   200   200   403   200   200
POST desk:favourite                          login 403   403   404   403   403   403   403   403   403   404
GET  desk:overview                           login 403   403   403   403   200   200   403   403   200   200
POST desk:card                               login 403   403   200   200   200   200   200   403   200   200
GET  desk:label                              login 403   403   200   200   200   200   200   403   200   404
GET  desk:purpose                            login 403   403   200   200   200   200   200   403   200   404
# backoffice                                 nobdy citzn other recvr speci divis agncy seal  admin overs stran
GET  backoffice:home                         login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:start                        login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:start_unit                   login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:start_units                  login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:start_people                 login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:start_procedures             login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:start_ready                  login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:units                        login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:unit_create                  login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:units_import                 login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:units_template               login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:unit                         login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:unit_rename                  login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:unit_move                    login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:unit_code                    login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:unit_close                   login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:unit_hours                   login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:post_add                     login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:post_end                     login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:people                       login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:person_create                login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:people_import                login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:people_template              login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:people_export                login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:person                       login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:person_details               login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:person_link                  login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:person_assign                login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:person_lock                  login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:person_unlock                login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:posting_end                  login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:posting_transfer             login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:token_end                    login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:procedures                   login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:procedure_new                login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:catalogue_import             login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:offer_many                   login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:procedure_text               login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:procedure                    login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:procedure_publish            login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:procedure_rebase             login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:offer_one                    login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:offer_stop                   login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:procedure_retire             login 403   403   403   403   403   403   403   200   403   403
GET  studio:home                             login 403   403   403   403   403   403   403   200   403   403
GET  studio:export                           login 403   403   403   403   403   403   403   200   403   403
GET  studio:import                           login 403   403   403   403   403   403   403   200   403   403
GET  studio:begin                            login 403   403   403   403   403   403   403   200   403   403
GET  studio:upload                           login 403   403   403   403   403   403   403   200   403   403
GET  studio:download                         login 403   403   403   403   403   403   403   200   403   403
GET  studio:draft                            login 403   403   403   403   403   403   403   200   403   403
GET  studio:general                          login 403   403   403   403   403   403   403   200   403   403
GET  studio:part                             login 403   403   403   403   403   403   403   200   403   403
GET  studio:add                              login 403   403   403   403   403   403   403   200   403   403
GET  studio:item                             login 403   403   403   403   403   403   403   200   403   403
GET  studio:delete                           login 403   403   403   403   403   403   403   200   403   403
POST studio:arrange                          login 403   403   403   403   403   403   403   404   403   403
GET  studio:form_head                        login 403   403   403   403   403   403   403   200   403   403
GET  studio:chain                            login 403   403   403   403   403   403   403   200   403   403
GET  studio:bpmn_in                          login 403   403   403   403   403   403   403   200   403   403
GET  studio:bpmn_out                         login 403   403   403   403   403   403   403   200   403   403
GET  studio:simulate                         login 403   403   403   403   403   403   403   200   403   403
GET  studio:paper                            login 403   403   403   403   403   403   403   200   403   403
GET  studio:tests_run                        login 403   403   403   403   403   403   403   200   403   403
GET  studio:try                              login 403   403   403   403   403   403   403   200   403   403
GET  studio:try_fill                         login 403   403   403   403   403   403   403   303   403   403
GET  studio:try_outcome                      login 403   403   403   403   403   403   403   303   403   403
GET  studio:try_paper                        login 403   403   403   403   403   403   403   200   403   403
GET  studio:try_work                         login 403   403   403   403   403   403   403   303   403   403
POST studio:try_keep                         login 403   403   403   403   403   403   403   303   403   403
POST studio:try_end                          login 403   403   403   403   403   403   403   303   403   403
GET  studio:compare                          login 403   403   403   403   403   403   403   200   403   403
GET  studio:propose                          login 403   403   403   403   403   403   403   200   403   403
GET  studio:approve                          login 403   403   403   403   403   403   403   200   403   403
GET  studio:return                           login 403   403   403   403   403   403   403   200   403   403
GET  studio:discard                          login 403   403   403   403   403   403   403   200   403   403
GET  studio:clone                            login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:delegations                  login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:delegation_grant             login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:delegation                   login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:delegation_revoke            login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:calendar                     login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:day_declare                  login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:day_remove                   login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:clock                        login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:default_hours                login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:pauses                       login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:pause_declare                login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:pause_end                    login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:person_factors               login 403   403   403   403   403   403   403   200   403   403
POST backoffice:factor_rule                  login 403   403   403   403   403   403   403   422   403   403
POST backoffice:digitising_rule              login 403   403   403   403   403   403   403   422   403   403
GET  backoffice:store                        login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:reminder_declare             login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:reminder_end                 login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:certificates                 login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:certificates_export          login 403   403   403   403   403   403   403   200   403   403
POST backoffice:certificate_register         login 403   403   403   403   403   403   403   422   403   403
GET  backoffice:certificate_requests         login 403   403   403   403   403   403   403   200   403   403
POST backoffice:certificate_request_new      login 403   403   403   403   403   403   403   422   403   403
GET  backoffice:certificate_request          login 403   403   403   403   403   403   403   404   403   403
GET  backoffice:certificate_request_letter   login 403   403   403   403   403   403   403   404   403   403
POST backoffice:certificate_request_take     login 403   403   403   403   403   403   403   404   403   403
POST backoffice:certificate_request_answer   login 403   403   403   403   403   403   403   404   403   403
POST backoffice:certificate_request_cancel   login 403   403   403   403   403   403   403   404   403   403
GET  backoffice:signing_services             login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:signing_service_declare      login 403   403   403   403   403   403   403   200   403   403
POST backoffice:signing_service_declare      login 403   403   403   403   403   403   403   422   403   403
GET  backoffice:signing_service              login 403   403   403   403   403   403   403   404   403   403
POST backoffice:signing_service              login 403   403   403   403   403   403   403   404   403   403
GET  backoffice:signing_service_change       login 403   403   403   403   403   403   403   404   403   403
POST backoffice:signing_service_change       login 403   403   403   403   403   403   403   404   403   403
GET  backoffice:signing_service_end          login 403   403   403   403   403   403   403   404   403   403
POST backoffice:signing_service_end          login 403   403   403   403   403   403   403   404   403   403
GET  backoffice:key_offers                   login 403   403   403   403   403   403   403   200   403   403
GET  backoffice:key_offer                    login 403   403   403   403   403   403   403   404   403   403
POST backoffice:key_offer                    login 403   403   403   403   403   403   403   404   403   403
GET  backoffice:key_offer_refuse             login 403   403   403   403   403   403   403   404   403   403
POST backoffice:key_offer_refuse             login 403   403   403   403   403   403   403   404   403   403
GET  backoffice:trust_services               login 403   403   403   403   403   403   403   200   403   403
POST backoffice:trust_service_declare        login 403   403   403   403   403   403   403   422   403   403
POST backoffice:trust_services_ask           login 403   403   403   403   403   403   403   302   403   403
POST backoffice:trust_service_end            login 403   403   403   403   403   403   403   404   403   403
POST backoffice:trust_rule                   login 403   403   403   403   403   403   403   422   403   403
GET  backoffice:certificate                  login 403   403   403   403   403   403   403   404   403   403
GET  backoffice:certificate_file             login 403   403   403   403   403   403   403   404   403   403
POST backoffice:certificate_key              login 403   403   403   403   403   403   403   404   403   403
POST backoffice:certificate_check            login 403   403   403   403   403   403   403   404   403   403
POST backoffice:certificate_request_about    login 403   403   403   403   403   403   403   404   403   403
GET  backoffice:reminders                    login 403   403   403   403   403   403   403   200   403   403
# post, tax                                  nobdy citzn other recvr speci divis agncy seal  admin overs stran
GET  post:home                               login 403   403   403   403   403   403   403   403   403   403
GET  post:take_in                            login 403   403   403   403   403   403   403   403   403   403
GET  post:take_in_form                       login 403   403   403   403   403   403   403   403   403   403
GET  post:taken_in                           login 403   403   403   403   403   403   403   403   403   403
GET  post:money_close                        login 403   403   403   403   403   403   403   403   403   403
GET  post:taxes                              login 403   403   403   403   403   403   403   403   403   403
GET  post:tax                                login 403   403   403   403   403   403   403   403   403   403
GET  post:desk                               login 403   403   200   403   403   403   403   403   403   200
GET  post:order                              login 403   403   404   403   403   403   403   403   403   404
GET  post:order_act                          login 403   403   404   403   403   403   403   403   403   404
GET  post:sheet                              login 403   403   404   403   403   403   403   403   403   404
GET  post:sheet_drop                         login 403   403   404   403   403   403   403   403   403   404
GET  post:sheet_pdf                          login 403   403   404   403   403   403   403   403   403   404
GET  post:money_list                         login 403   403   404   403   403   403   403   403   403   404
GET  post:money_pdf                          login 403   403   404   403   403   403   403   403   403   404
GET  post:sheets                             login 403   403   200   403   403   403   403   403   403   200
GET  post:sheet_make                         login 403   403   200   403   403   403   403   403   403   200
GET  post:money                              login 403   403   200   403   403   403   403   403   403   200
GET  post:receipt                            login 404   404   404   404   404   404   404   404   404   404
GET  tax:home                                login 403   403   403   403   403   403   403   403   403   403
GET  tax:sheet                               login 403   403   403   403   403   403   403   403   403   403
GET  tax:answer                              login 403   403   403   403   403   403   403   403   403   403
GET  tax:return                              login 403   403   403   403   403   403   403   403   403   403
GET  tax:paid                                login 403   403   403   403   403   403   403   403   403   403
GET  tax:money                               login 403   403   403   403   403   403   403   403   403   403
GET  tax:money_list                          login 403   403   403   403   403   403   403   403   403   403
GET  tax:money_pdf                           login 403   403   403   403   403   403   403   403   403   403
GET  tax:sheet_pdf                           login 403   403   404   404   404   404   404   403   404   404
# audit                                      nobdy citzn other recvr speci divis agncy seal  admin overs stran
GET  audit:journal                           login 403   403   403   403   403   403   403   403   200   403
GET  audit:journal_export                    login 403   403   403   403   403   403   403   403   200   403
GET  audit:replay                            login 403   403   403   403   403   403   403   403   302   403
POST audit:open                              login 403   403   403   403   403   403   403   403   422   403
GET  audit:delegations                       login 403   403   403   403   403   403   403   403   200   403
GET  audit:delegation                        login 403   403   403   403   403   403   403   403   200   403
GET  audit:helpers                           login 403   403   403   403   403   403   403   403   200   403
GET  audit:overdue                           login 403   403   403   403   403   403   403   403   200   403
GET  audit:overdue_agency                    login 403   403   403   403   403   403   403   403   200   403
GET  audit:supplements                       login 403   403   403   403   403   403   403   403   200   403
GET  audit:corrections                       login 403   403   403   403   403   403   403   403   200   403
GET  audit:backdated                         login 403   403   403   403   403   403   403   403   200   403
GET  audit:readings                          login 403   403   403   403   403   403   403   403   200   403
POST audit:check                             login 403   403   403   403   403   403   403   403   200   403
GET  audit:evidence                          login 403   403   403   403   403   403   403   403   200   403
GET  audit:readings_export                   login 403   403   403   403   403   403   403   403   200   403
"""
