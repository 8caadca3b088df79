"""What is personal or secret is taken out and marked; what the error says stays."""

import time

import pytest

from troubleshooter.diagnosis.redact import redact

GUID = "67474bfe-2512-4ffe-a890-98e456a65d64"
OTHER = "0a8ee438-40e8-4e9d-ab16-a70982ff1151"
TOKEN = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mail jane.doe+x@contoso.example now", "mail [email] now"),
        ("user=jane%40contoso.example", "user=[email]"),
        ("jane_contoso.example#EXT#@fabrikam.example", "[email]"),
        ("From: Jane Doe <jane@contoso.example>", "From: [name] <[email]>"),
        ("> Von: Jane Doe", "> Von: [name]"),
        ("Owner: Jane Doe\nnext", "Owner: [name]\nnext"),
        ('"displayName": "Jane Doe"', '"displayName": "[name]"'),
        ('\\"userName\\":\\"Jane Doe\\"', '\\"userName\\":\\"[name]\\"'),
        ("Hi Jane,\nthe flow fails", "Hi [name],\nthe flow fails"),
        ("Kind regards,\nJane Doe", "Kind regards,\n[name]"),
        (r"C:\Users\jdoe\Documents", r"C:\Users\[user]\Documents"),
        ("/home/jdoe/app", "/home/[user]/app"),
        (
            "https://contoso-my.sharepoint.com/personal/jane_doe/x",
            "https://[tenant 1]-my.sharepoint.com/personal/[user]/x",
        ),
        ("Cc: Maria Rossi; Lee, Kim", "Cc: [name]; [name]"),
        ("Flow owner: Doe, Jane | Maker: Kim Lee", "Flow owner: [name] | Maker: [name]"),
        ("was not found in the directory 'Contoso'", "was not found in the directory '[tenant 1]'"),
        ("the organization unq1a2b3c4d5e6f is gone", "the organization [environment 1] is gone"),
        ("I am Jane Doe from finance", "I am [name] from finance"),
        ("'Jane Doe' <jane@contoso.example>", "'[name]' <[email]>"),
        ("The user 'Jane Doe' does not have permission", "The user '[name]' does not have permission"),
        ('the member \\"Jane van der Doe\\" left', 'the member \\"[name]\\" left'),
        ("ask Mr. Doe about it", "ask Mr. [name] about it"),
        ("Authorization: Bearer abcdefghijklmnopqrstuvwxyz", "Authorization: Bearer [token]"),
        ("modified by Jane Doe on Monday", "modified by [name] on Monday"),
        ("User 'CONTOSO\\jdoe' failed", "User '[user]' failed"),
        ("call +49 170 1234567 please", "call [phone] please"),
        ("Tel: 0170/1234567", "Tel: [phone]"),
        ("from 203.0.113.9 at", "from [address] at"),
        ("from 2001:db8:85a3:0:0:8a2e:370:7334 at", "from [address] at"),
        ("from fe80:12::1 at", "from [address] at"),
        (f"Authorization: Bearer {TOKEN}", "Authorization: Bearer [token]"),
        (f"token {TOKEN}", "token [token]"),
        ("Authorization: Basic dXNlcjpwYXNz", "Authorization: Basic [token]"),
        ("password=hunter2;Server=x", "password=[secret];Server=x"),
        ('"client_secret": "abc~DEF.123"', '"client_secret": "[secret]"'),
        ("AccountName=x;AccountKey=abc+def/ghi==;", "AccountName=x;AccountKey=[secret];"),
        ("https://a.example/invoke?sv=1.0&sig=Ab-c_d%2Fefgh", "https://a.example/invoke?sv=1.0&sig=[secret]"),
        ("https://a.example/api?code=Ab12Cd34Ef56Gh78Ij90==", "https://a.example/api?code=[secret]"),
        ("https://user:pass1@host.example/", "https://[secret]@host.example/"),
        ("Cookie: session=abc123; theme=dark", "Cookie: [secret]"),
        (f"The caller object id is '{GUID}'.", "The caller object id is '[id 1]'."),
        (f"object id '{GUID}' does", "object id '[id 1]' does"),
        (f'"x-ms-user-id":"{GUID}"', '"x-ms-user-id":"[id 1]"'),
        (f"workflow '{GUID}'", "workflow '[id 1]'"),
        ("key 5828cef3079fb2009b06c5b6354eb312 end", "key [id 1] end"),
        ("blob Zm9vYmFyQmF6MTIzNDU2Nzg5MGFiY2RlZmdoaWprbG1ub3A= end", "blob [secret] end"),
    ],
)
def test_what_is_personal_or_secret_is_marked(text, expected):
    assert redact(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        f'"clientRequestId": "{GUID}"',
        f"Correlation Id={GUID}, UTC",
        f"serviceRequestId: {GUID}",
        f"Session Id: {GUID}",
        "Request tracking id '08585944034724717989566282885445277CU60'.",
        "https://site.example/diagnose/?code=ConnectionAuthorizationFailed",
        '"code": "InvokerConnectionOverrideFailed"',
        "https://make.example/flows/x/runs/08585481637645198681030224024144332CU37",
        "available properties are '@odata.etag, cat_name@odata.type, _owner_value@OData.Community.Display.V1'",
        "password: expired",
        "Version=1.0.50.1",
        "User: Bad Request",
        'host - - [11/Apr/2026:23:59:58 +0000] "GET /"',
        "Environment: production",
        "in environment 'Default'",
        "(using password: YES)",
        'www-authenticate: Bearer authorization_uri="https://login.microsoftonline.com/common"',
        "https://login.microsoftonline.com/organizations/oauth2",
        "md5 d41d8cd98f00b204e9800998ecf8427e",
        "react@18.2.0",
        "The solution version is 1.12.0.14",
        "Hi all,\nthe flow fails",
        "2026-02-11T08:14:02.1234567Z",
        "error 401 Unauthorized at line '1' and column '1900'",
        "Failed to parse invoker connections from trigger 'manual' outputs.",
    ],
)
def test_what_the_error_says_stays(text):
    assert redact(text).text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{GUID}, {OTHER}, {GUID.upper()}", "[id 1], [id 2], [id 1]"),
        (f"{GUID} is {GUID.replace('-', '')}", "[id 1] is [id 1]"),
        (f"environments%2F{GUID} and \\u0027{GUID}", "environments%2F[id 1] and \\u0027[id 1]"),
        (f"[id 4] and {OTHER} and {GUID}", "[id 4] and [id 5] and [id 6]"),
        (
            "https://contoso.sharepoint.com/x, https://fabrikam.sharepoint.com, Contoso.onmicrosoft.com",
            "https://[tenant 1].sharepoint.com/x, https://[tenant 2].sharepoint.com, [tenant 1].onmicrosoft.com",
        ),
        (
            "Environment: Contoso Live\nTarget environment: Contoso Test 2\n'environment': 'Contoso Live'",
            "Environment: [environment 1]\nTarget environment: [environment 2]\n'environment': '[environment 1]'",
        ),
        ("a@x.example wrote to b@x.example", "[email] wrote to [email]"),
    ],
)
def test_the_same_value_has_the_same_mark_and_another_one_has_not(text, expected):
    assert redact(text).text == expected


def test_an_id_that_a_text_calls_the_id_of_a_run_stays_wherever_it_stands():
    text = f"REQ_ID {GUID}, x-ms-request-id: {GUID}, workflow "
    assert redact(text + OTHER).text == text + "[id 1]"


@pytest.mark.parametrize("quote", ["'", '"', "\\u0027", "&quot;", "“", "\\n", "%3D", "\\"])
def test_what_stands_before_an_address_stays(quote):
    assert redact(f"to {quote}kim@x.example now").text == f"to {quote}[email] now"


@pytest.mark.parametrize(
    "piece",
    ["kim@x.example ", "a@", "Aa ", "environment: Aa", "-----BEGIN PRIVATE KEY-----", "password: ", "a\\",
     "+1 2", "08-", "contoso", "https://a", "sig=", "token=", f"{GUID}", "run id ", "Users\\Jo ", "(555) ",
     "0.", "f:", "[id 1]", "Cookie: a="],
)  # fmt: skip
def test_a_long_text_is_redacted_in_time_that_grows_no_faster_than_it(piece):
    text = (piece * 100_000)[:100_000]
    began = time.process_time()
    redact(text)
    assert time.process_time() - began < 3


def test_a_text_with_broken_characters_can_be_stored():
    assert redact("a\0b\ud800c").text == "a\ufffdb\ufffdc"


def test_hidden_are_the_places_of_the_marks():
    redacted = redact("a@b.example and c@d.example")
    assert [redacted.text[start:end] for start, end in redacted.hidden] == ["[email]", "[email]"]


def test_what_follows_the_addresses_in_a_mail_head_that_is_one_line_stays():
    head = "From: Doe, Jane <jane@x.example> Sent: Monday To: Bob Lee <bob@x.example> Subject: ResponseTimeout 504"
    expected = "From: [name] <[email]> Sent: Monday To: [name] <[email]> Subject: ResponseTimeout 504"
    assert redact(head).text == expected
    assert redact("To: a@b.example Error 401").text == "To: [email] Error 401"


@pytest.mark.parametrize("label", ["DB_PASSWORD=", "dbPassword: ", "%22password%22%3A%22", "Hasło: ", "パスワード："])
def test_a_password_is_known_by_its_label_in_any_language_and_writing(label):
    assert redact(f"{label}hunter22").text == f"{label}[secret]"


def test_what_is_no_label_within_a_longer_name_takes_nothing_out():
    text = "Culture=neutral, PublicKeyToken=b77a5c561934e089, compassword=hunter22"
    assert redact(text).text == text


def test_a_token_that_its_service_marks_as_one_is_found_wherever_it_leaks():
    assert redact("remote: ghp_16C7e42F292c6912E771 was rejected").text == "remote: [token] was rejected"


def test_an_encoded_value_ends_where_its_quotation_mark_does():
    text = "%22password%22%3A%22hunter22%22%2C%22code%22%3A%22ResponseTimeout%22"
    assert redact(text).text == text.replace("hunter22", "[secret]")


def test_whoever_an_address_belongs_to_is_taken_out_whatever_they_are_called():
    given = "Cc: Grant Cloud <grant@contoso.example>; Teams Rivera <teams@contoso.example>"
    assert redact(given).text == "Cc: [name] <[email]>; [name] <[email]>"
