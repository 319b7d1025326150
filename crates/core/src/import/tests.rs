use super::*;
use crate::factor::name::FactorName;

/// The RP ID.
const OURS: Option<&str> = Some("auth.example.com");
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

#[test]
fn whole_lines() {
    let line = format!(
        r#"{{"end_user_uuid": "ann", "end_user_phone_number": "+1 202 555 0142", "totp_secret": "{SECRET}"}}"#
    );
    let ann = Import::parse(&line, OURS).unwrap();
    assert_eq!(ann.end_user_uuid, "ann");
    assert_eq!(ann.phone.as_ref().unwrap().as_e164(), "+12025550142");
    assert_eq!(ann.totp, Some(TotpSecret::from_base32(SECRET).unwrap()));
    assert_eq!(format!("{ann:?}"), "Import(…)");
    let bob =
        r#"{"end_user_uuid":"bob","end_user_phone_number":"+12025550143","totp_secret":null}"#;
    assert_eq!(Import::parse(bob, OURS).unwrap().totp, None);
}

#[test]
fn every_problem_of_a_line_is_told_and_nothing_that_stands_in_it() {
    for (line, expected) in [
        ("", vec!["The line is no JSON object"]),
        ("[1]", vec!["The line is no JSON object"]),
        ("{}", vec!["There is nothing to import", "'end_user_uuid' is required."]),
        (
            r#"{"totp_secret":"hush!","end_user_phone_number":"12"}"#,
            vec![
                "'end_user_phone_number' must begin with '+'",
                "'totp_secret' can't be used: expected base32",
                "'end_user_uuid' is required.",
            ],
        ),
        (r#"{"end_user_uuid":"ann"}"#, vec!["There is nothing to import"]),
        (
            r#"{"end_user_uuid":7,"totp_secret":"GEZDGNBVGY3TQOJQ"}"#,
            vec![
                "'end_user_uuid' must be a text.",
                "'totp_secret' can't be used: expected 16 to 64 bytes, found 10.",
                "'end_user_uuid' is required.",
            ],
        ),
        (
            r#"{"end_user_uuid":"","phone":"+12025550142"}"#,
            vec![
                "'phone' is not known; a line may have end_user_uuid, end_user_phone_number,",
                "'end_user_uuid' must have 1 to 255 bytes",
            ],
        ),
    ] {
        let problems = Import::parse(line, OURS).unwrap_err();
        assert_eq!(problems.len(), expected.len(), "{line}: {problems:?}");
        for (problem, start) in problems.iter().zip(expected) {
            assert!(problem.starts_with(start), "{line}: {problem}");
            assert!(!problem.contains("hush"), "{problem}");
        }
    }
    let long = format!(r#"{{"end_user_uuid": "{}"}}"#, "x".repeat(LONGEST));
    assert!(Import::parse(&long, OURS).unwrap_err()[0].starts_with("The line is longer"));
}

/// Base64url of a credential id, and of a key that nobody looks into here.
const CREDENTIAL: &str =
    r#"{"credential_id":"aHVzaA","public_key":"a2V5","rp_id":"auth.example.com""#;

fn line(credentials: &str) -> String {
    format!(r#"{{"end_user_uuid":"ann","webauthn_credentials":{credentials}}}"#)
}

#[test]
fn credentials_are_read_with_what_is_known_of_them() {
    let bare = line(&format!("[{CREDENTIAL}}}]"));
    let bare = Import::parse(&bare, OURS).unwrap().credentials;
    let expected = Credential {
        credential_id: b"hush".to_vec(),
        public_key: b"key".to_vec(),
        sign_count: 0,
        rp_id: "auth.example.com".to_owned(),
        user_handle: None,
        name: None,
        transports: vec![],
        user_verified: false,
        backup_eligible: None,
        created_at: None,
    };
    assert_eq!(bare, std::slice::from_ref(&expected));
    let more = r#""sign_count":7,"user_handle":"YW5u","name":"Key","transports":["usb"],"user_verified":true,
        "backup_eligible":false,"created_at":1700000000"#;
    let whole = line(&format!("[{CREDENTIAL},{more}}},{CREDENTIAL},\"name\":null}}]"));
    let whole = Import::parse(&whole, OURS).unwrap().credentials;
    let known = Credential {
        sign_count: 7,
        user_handle: Some(b"ann".to_vec()),
        name: FactorName::parse("Key").ok(),
        transports: vec!["usb".to_owned()],
        user_verified: true,
        backup_eligible: Some(false),
        created_at: Some(crate::time::Timestamp::from_millis(1_700_000_000_000)),
        ..expected.clone()
    };
    assert_eq!(whole, [known, expected]);
}

#[test]
fn what_is_wrong_with_a_credential_is_told_by_its_number() {
    let with = |more: &str| line(&format!("[{CREDENTIAL}}},{CREDENTIAL},{more}}}]"));
    let other = CREDENTIAL.replace("auth.example.com", "hush.example.com");
    for (line, expected) in [
        (line("7"), vec!["'webauthn_credentials' must be a list of at most 20 objects."]),
        (
            line(&format!("[{}]", vec!["{}"; 21].join(","))),
            vec!["'webauthn_credentials' must be a list"],
        ),
        (line("[]"), vec!["There is nothing to import"]),
        (line("[7]"), vec!["Credential 1: it must be an object."]),
        (
            line("[{}]"),
            vec![
                "Credential 1: 'credential_id' is required.",
                "Credential 1: 'public_key' is required.",
                "Credential 1: 'rp_id' is required.",
            ],
        ),
        (
            line(&format!("[{other}}}]")),
            vec!["Credential 1: it belongs to another RP ID than auth.example.com."],
        ),
        (with(r#""sign_count":-1"#), vec!["Credential 2: 'sign_count' must be a whole number"]),
        (with(r#""sign_count":4294967296"#), vec!["Credential 2: 'sign_count' must be"]),
        (with(r#""user_handle":"?""#), vec!["Credential 2: 'user_handle' must be 1 to 64 bytes"]),
        (
            with(r#""name":7,"hush":1"#),
            vec!["Credential 2: 'name' can't be one", "Credential 2: 'hush' is not known."],
        ),
        (
            with(r#""transports":"usb""#),
            vec!["Credential 2: 'transports' must be a list of texts."],
        ),
        (
            with(r#""user_verified":1"#),
            vec!["Credential 2: 'user_verified' must be true or false."],
        ),
        (with(r#""created_at":"now""#), vec!["Credential 2: 'created_at' must be a whole number"]),
    ] {
        let problems = Import::parse(&line, OURS).unwrap_err();
        assert_eq!(problems.len(), expected.len(), "{line}: {problems:?}");
        for (problem, start) in problems.iter().zip(expected) {
            assert!(problem.starts_with(start), "{line}: {problem}");
            assert!(!problem.contains("hush.example"), "{problem}");
        }
    }
    let nowhere = Import::parse(&line(&format!("[{CREDENTIAL}}}]")), None).unwrap_err();
    assert_eq!(nowhere, ["'webauthn_credentials' can't be used: this installation has no RP ID."]);
    let twice = line(&format!("[{}]", CREDENTIAL.replace("aHVzaA", "aHVzaA=") + "}"));
    assert!(Import::parse(&twice, OURS).is_ok(), "some pad");
}
