//! Bytes to text: UTF-8 and UTF-16 by mark or by proof, GB18030 by detection.

use serde::Serialize;
use std::fmt;

/// Share of control characters above which content counts as binary.
const BINARY_SHARE: usize = 10; // one in ten

/// Encodings the linter reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, little endian.
    Utf16Le,
    /// UTF-16, big endian.
    Utf16Be,
    /// GB18030 (covers GBK and GB 2312).
    Gb18030,
    /// Another legacy encoding found by detection (Big5, Shift_JIS, windows-1252 …).
    Legacy,
}

/// Decoded text and how it came about.
#[derive(Debug)]
pub struct Decoded {
    /// The text, without byte order mark.
    pub text: String,
    /// The encoding used.
    pub encoding: Encoding,
    /// A byte order mark was present.
    pub bom: bool,
    /// Some bytes were replaced.
    pub lossy: bool,
}

/// Why content is not text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecodeError {
    /// Control characters or NUL bytes stand where text should.
    Binary,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Binary => f.write_str("this looks like a binary file, not text"),
        }
    }
}

/// Decode `bytes`. Strict UTF-8 is tried first, so a valid UTF-8 text is never taken for another
/// encoding; otherwise the detector chooses, with GB18030 standing for every Chinese guess.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, DecodeError> {
    if let Some((encoding, bom_length)) = encoding_rs::Encoding::for_bom(&bytes) {
        let (text, had_errors) = encoding.decode_without_bom_handling(&bytes[bom_length..]);
        return checked(Decoded {
            text: text.into_owned(),
            encoding: name(encoding),
            bom: true,
            lossy: had_errors,
        });
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => {
            if !text.as_bytes().contains(&0) {
                return checked(Decoded { text, encoding: Encoding::Utf8, bom: false, lossy: false });
            }
            text.into_bytes()
        }
        Err(error) => error.into_bytes(),
    };
    let encoding =
        if bytes.contains(&0) { unmarked_utf16(&bytes).ok_or(DecodeError::Binary)? } else { detect(&bytes) };
    let (text, had_errors) = encoding.decode_without_bom_handling(&bytes);
    checked(Decoded { text: text.into_owned(), encoding: name(encoding), bom: false, lossy: had_errors })
}

/// UTF-16 without a mark: NUL bytes at one parity only, as ASCII text has them.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let count = |parity: usize| bytes.iter().skip(parity).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (count(0), count(1));
    match (even, odd) {
        (0, odd) if odd * 8 > bytes.len() => Some(encoding_rs::UTF_16LE),
        (even, 0) if even * 8 > bytes.len() => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

fn detect(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    // A truncated or slightly damaged UTF-8 file must not turn into Chinese nonsense.
    let (_, bad) = encoding_rs::UTF_8.decode_without_bom_handling(bytes);
    if bad {
        let text = String::from_utf8_lossy(bytes);
        let replaced = text.chars().filter(|&c| c == '\u{fffd}').count();
        let wide = text.chars().filter(|&c| !c.is_ascii() && c != '\u{fffd}').count();
        if wide > replaced * 20 {
            return encoding_rs::UTF_8;
        }
    }
    let (_, bad_gb) = encoding_rs::GB18030.decode_without_bom_handling(bytes);
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Deny);
    if guess == encoding_rs::GBK || (!bad_gb && guess == encoding_rs::BIG5) {
        return encoding_rs::GB18030;
    }
    guess
}

fn name(encoding: &'static encoding_rs::Encoding) -> Encoding {
    match encoding {
        e if e == encoding_rs::UTF_8 => Encoding::Utf8,
        e if e == encoding_rs::UTF_16LE => Encoding::Utf16Le,
        e if e == encoding_rs::UTF_16BE => Encoding::Utf16Be,
        e if e == encoding_rs::GB18030 => Encoding::Gb18030,
        _ => Encoding::Legacy,
    }
}

fn checked(decoded: Decoded) -> Result<Decoded, DecodeError> {
    let sample = decoded.text.chars().take(8_192);
    let (mut all, mut strange) = (0, 0);
    for c in sample {
        all += 1;
        let control =
            c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\x0c' | '\x0b' | '\x1b' | '\u{85}');
        if control || c == '\u{fffd}' {
            strange += 1;
        }
    }
    if strange * BINARY_SHARE > all { Err(DecodeError::Binary) } else { Ok(decoded) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Decoded {
        decode(bytes.to_vec()).unwrap_or_else(|e| panic!("{e}"))
    }

    #[test]
    fn chinese_in_three_encodings_is_the_same_text() {
        let text = "外泌体的直径为三十至一百五十纳米，已有多项研究报道。";
        let (gb, ..) = encoding_rs::GB18030.encode(text);
        assert_eq!(read(&gb).text, text);
        assert_eq!(read(&gb).encoding, Encoding::Gb18030);
        assert_eq!(read(text.as_bytes()).encoding, Encoding::Utf8);
        let mut utf16 = vec![0xff, 0xfe];
        utf16.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(read(&utf16).text, text);
    }

    #[test]
    fn a_mark_is_removed_and_remembered() {
        let decoded = read("\u{feff}abc".as_bytes());
        assert_eq!((decoded.text.as_str(), decoded.bom), ("abc", true));
    }

    #[test]
    fn binary_content_is_refused() {
        assert!(decode(vec![0, 1, 2, 3, 0, 0, 9, 200, 201, 0, 0, 1]).is_err());
    }
}
