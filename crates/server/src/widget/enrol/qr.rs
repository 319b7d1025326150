//! QR codes as one path of SVG, so that a page needs neither script nor inline style for them.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder};

/// A QR code: dark modules on a square of light ones.
#[derive(Debug, Clone, Default)]
pub(in crate::widget) struct Qr {
    /// How many modules a side has, with the quiet zone around.
    pub(in crate::widget) side: usize,
    /// The dark modules: strokes as wide as a module.
    pub(in crate::widget) path: String,
}

/// Modules of quiet zone that readers need (ISO/IEC 18004 section 9.1).
const QUIET: usize = 4;

impl Qr {
    /// The code of a text; None where it is too long for any.
    pub(super) fn of(text: &str) -> Option<Self> {
        // The least correction: a screen is neither dirty nor torn, and a coarser picture is read from farther away.
        let code = QRBuilder::new(text).ecl(ECL::L).build().ok()?;
        let mut path = String::new();
        for y in 0..code.size {
            let is_dark = |x: usize| x < code.size && code[y][x].value();
            // Drawn as strokes, which takes half the bytes that rectangles do. Writing to a string can't fail.
            let _ = write!(path, "M{QUIET} {}.5", y + QUIET);
            let mut at = 0;
            let mut x = 0;
            while x < code.size {
                let start = x;
                while is_dark(x) {
                    x += 1;
                }
                if x > start {
                    if start > at {
                        let _ = write!(path, "m{} 0", start - at);
                    }
                    let _ = write!(path, "h{}", x - start);
                    at = x;
                }
                x += 1;
            }
        }
        Some(Self { side: code.size + 2 * QUIET, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dark modules that a path draws, as a reader sees them.
    fn drawn(qr: &Qr) -> Vec<Vec<bool>> {
        let mut picture = vec![vec![false; qr.side]; qr.side];
        for row in qr.path.split('M').skip(1) {
            let (start, runs) = row.split_at(row.find(".5").unwrap());
            let (x, y) = start.split_once(' ').unwrap();
            let (mut x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            for run in runs[2..].replace(" 0", "").replace('h', " h").replace('m', " m").split(' ')
            {
                let Some(length) = run.get(1..) else { continue };
                let length: usize = length.parse().unwrap();
                if run.starts_with('h') {
                    picture[y][x..x + length].fill(true);
                }
                x += length;
            }
        }
        picture
    }

    #[test]
    fn the_path_draws_every_module_and_a_quiet_zone() {
        let text = "otpauth://totp/Shop:x?secret=GEZDGNBVGY3TQOJQ&issuer=Shop";
        let qr = Qr::of(text).unwrap();
        let code = QRBuilder::new(text).ecl(ECL::L).build().unwrap();
        let picture = drawn(&qr);
        for (y, row) in picture.iter().enumerate() {
            for (x, dark) in row.iter().enumerate() {
                let inside = |at: usize| at >= QUIET && at < QUIET + code.size;
                let expected = inside(x) && inside(y) && code[y - QUIET][x - QUIET].value();
                assert_eq!(*dark, expected, "{x} {y}");
            }
        }
        assert!(picture[QUIET][QUIET..QUIET + 7].iter().all(|dark| *dark), "a finder's edge");
    }

    #[test]
    fn what_fits_into_no_code_has_none() {
        assert!(Qr::of(&"x".repeat(3000)).is_none());
    }
}
