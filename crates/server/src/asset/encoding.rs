//! Content codings: which one a request likes best, and how it is made.

use std::io::Write;

use axum::http::{HeaderMap, header};
use flate2::Compression;
use flate2::write::GzEncoder;

/// A content coding (RFC 9110 section 8.4.1; brotli: RFC 7932).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    Brotli,
    Gzip,
    /// None.
    Identity,
}

impl Coding {
    /// Smallest first: where a request likes two equally, the first one wins.
    const ALL: [Self; 3] = [Self::Brotli, Self::Gzip, Self::Identity];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }

    /// By RFC 9110 section 12.5.3. A request that accepts nothing gets the file as it is: the section allows it,
    /// and a widget without its style would help nobody.
    pub(super) fn liked_best(request: &HeaderMap) -> Self {
        let wishes = Wishes::read(request);
        let mut best = (Self::Identity, 0);
        for coding in Self::ALL {
            let quality = wishes.quality(coding);
            if quality > best.1 {
                best = (coding, quality);
            }
        }
        best.0
    }

    /// The content in this coding.
    pub(super) fn compress(self, content: &[u8], effort: Effort) -> Vec<u8> {
        let mut out = Vec::new();
        // Nothing can fail here: memory takes whatever is written to it.
        match self {
            Self::Brotli => {
                let quality = effort.brotli();
                let mut writer = brotli::CompressorWriter::new(&mut out, 4096, quality, WINDOW);
                let _ = writer.write_all(content);
            }
            Self::Gzip => {
                let mut writer = GzEncoder::new(&mut out, effort.gzip());
                let _ = writer.write_all(content);
            }
            Self::Identity => out.extend_from_slice(content),
        }
        out
    }
}

/// Brotli's usual window, as a power of two.
const WINDOW: u32 = 22;

/// What compressing may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// Some ten milliseconds: for what is compressed once in the life of the process.
    Most,
    /// Less than one: for what anybody can ask for in ever new forms. A tenth larger.
    Little,
}

impl Effort {
    const fn brotli(self) -> u32 {
        match self {
            Self::Most => 11,
            Self::Little => 5,
        }
    }

    const fn gzip(self) -> Compression {
        match self {
            Self::Most => Compression::best(),
            Self::Little => Compression::new(6),
        }
    }
}

/// An `Accept-Encoding` header, as thousandths.
struct Wishes(Vec<(String, u32)>);

impl Wishes {
    fn read(request: &HeaderMap) -> Self {
        let values = request.get_all(header::ACCEPT_ENCODING).into_iter();
        let members = values.filter_map(|value| value.to_str().ok()).flat_map(|v| v.split(','));
        Self(members.filter_map(wish).collect())
    }

    fn quality(&self, coding: Coding) -> u32 {
        let said = |name: &str| self.0.iter().find(|(said, _)| said == name).map(|(_, q)| *q);
        let named = match coding {
            Coding::Gzip => said("gzip").or_else(|| said("x-gzip")),
            _ => said(coding.name()),
        };
        // Nothing said: no coding at all is always welcome, though last.
        let unsaid = u32::from(coding == Coding::Identity);
        named.or_else(|| said("*")).unwrap_or(unsaid)
    }
}

/// `gzip` or `gzip;q=0.5`; anything else says nothing.
fn wish(member: &str) -> Option<(String, u32)> {
    let mut parts = member.split(';').map(str::trim);
    let name = parts.next()?.to_ascii_lowercase();
    let quality = match parts.next() {
        None => 1000,
        Some(parameter) => {
            let (key, value) = parameter.split_once('=')?;
            if !key.trim().eq_ignore_ascii_case("q") {
                return None;
            }
            thousandths(value.trim())?
        }
    };
    Some((name, quality))
}

/// A quality value: 0 to 1 with at most three decimals (RFC 9110 section 12.4.2).
fn thousandths(text: &str) -> Option<u32> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part: u32 = format!("{decimals:0<3}").parse().ok()?;
    match whole {
        "0" => Some(part),
        "1" if part == 0 => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negotiation() {
        for (accept, coding) in [
            ("gzip, deflate, br, zstd", Coding::Brotli),
            ("gzip, deflate", Coding::Gzip),
            ("x-gzip", Coding::Gzip),
            ("GZIP", Coding::Gzip),
            ("", Coding::Identity),
            ("identity", Coding::Identity),
            ("deflate, zstd", Coding::Identity),
            ("*", Coding::Brotli),
            ("br;q=0, *", Coding::Gzip),
            ("*;q=0", Coding::Identity),
            ("br;q=0", Coding::Identity),
            ("br;q=0.0, gzip;q=0.000", Coding::Identity),
            ("identity;q=0", Coding::Identity),
            ("identity;q=0, gzip", Coding::Gzip),
            ("br;q=0.5, gzip;q=0.8", Coding::Gzip),
            ("br;q=0.8, gzip;q=0.8", Coding::Brotli),
            ("gzip;q=0.5, identity", Coding::Identity),
            ("gzip;q=0.001", Coding::Gzip),
            ("br ; Q=1.000 , gzip", Coding::Brotli),
            ("br;q=1.1, gzip;q=0.1", Coding::Gzip),
            ("br;q=1.0000, gzip;q=0.1", Coding::Gzip),
            ("br;q=x, gzip;q=0.1", Coding::Gzip),
            ("br;q, gzip;q=.5", Coding::Identity),
            ("br;level=9", Coding::Identity),
            (",;,br", Coding::Brotli),
        ] {
            let mut request = HeaderMap::new();
            request.insert(header::ACCEPT_ENCODING, accept.parse().unwrap());
            assert_eq!(Coding::liked_best(&request), coding, "{accept:?}");
        }
        assert_eq!(Coding::liked_best(&HeaderMap::new()), Coding::Identity);
    }

    #[test]
    fn several_headers_are_one() {
        let mut request = HeaderMap::new();
        request.append(header::ACCEPT_ENCODING, "br;q=0".parse().unwrap());
        request.append(header::ACCEPT_ENCODING, "gzip".parse().unwrap());
        assert_eq!(Coding::liked_best(&request), Coding::Gzip);
    }
}
