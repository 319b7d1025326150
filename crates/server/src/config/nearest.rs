//! Which known name somebody meant.

/// The known name nearest to `wanted` in spelling; the first of equally near ones.
pub fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let likeness = |name: &str| strsim::normalized_damerau_levenshtein(wanted, name);
    known
        .into_iter()
        .map(|name| (likeness(name), name))
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_wins() {
        let known = ["listen", "base_url", "trusted_proxies"];
        for (wanted, expected) in
            [("lisen", "listen"), ("baseurl", "base_url"), ("trusted_proxy", "trusted_proxies")]
        {
            assert_eq!(nearest(wanted, known), Some(expected));
        }
        assert_eq!(nearest("x", []), None);
    }
}
