//! The user's list of retracted works: a CSV file with the columns of Retraction Watch, found by their
//! headers. Read row by row; of each row only the identifiers, the kind and the date are kept.

use std::collections::HashMap;
use std::fmt;
use std::io::Read;

/// What a notice says of a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// A retraction was taken back.
    Reinstatement,
    /// A correction or erratum.
    Correction,
    /// An expression of concern.
    Concern,
    /// The work is retracted.
    Retraction,
}

impl NoticeKind {
    /// Reads the words of a list; `None` for what is no notice.
    pub fn of(words: &str) -> Option<Self> {
        let words = words.to_ascii_lowercase();
        // "retraction" also stands inside "retraction and reinstatement"
        [
            ("reinstat", Self::Reinstatement),
            ("concern", Self::Concern),
            ("correct", Self::Correction),
            ("errat", Self::Correction),
            ("retract", Self::Retraction),
            ("withdraw", Self::Retraction),
            ("remov", Self::Retraction),
        ]
        .into_iter()
        .find(|(word, _)| words.contains(word))
        .map(|(_, kind)| kind)
    }
}

/// One notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetractionNotice {
    /// What it says.
    pub kind: NoticeKind,
    /// Its date as the list prints it; empty when unknown.
    pub date: String,
}

/// Why a list was refused.
#[derive(Debug)]
pub enum RetractionError {
    /// Neither a DOI nor a PubMed column; the headers that were found.
    NoColumns(Vec<String>),
    /// The file could not be read as CSV.
    Csv(csv::Error),
}

impl fmt::Display for RetractionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoColumns(found) => write!(
                f,
                "no column `OriginalPaperDOI` or `OriginalPaperPubMedID` (or `DOI`, `PMID`); the columns are: {}",
                found.join(", ")
            ),
            Self::Csv(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for RetractionError {}

/// Retracted works by identifier.
#[derive(Debug, Clone, Default)]
pub struct Retractions {
    by_doi: HashMap<Box<str>, RetractionNotice>,
    by_pmid: HashMap<u32, RetractionNotice>,
    /// Rows that could be used.
    pub rows: usize,
    /// Rows without an identifier or a known kind.
    pub skipped: usize,
}

impl Retractions {
    /// Reads a list. Rows that are broken or say nothing are counted, not refused.
    pub fn read(source: impl Read) -> Result<Self, RetractionError> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(source);
        let headers = reader.byte_headers().map_err(RetractionError::Csv)?.clone();
        let names: Vec<String> = headers.iter().map(|h| String::from_utf8_lossy(h).into_owned()).collect();
        let column = |wanted: &[&str]| {
            wanted.iter().find_map(|want| names.iter().position(|name| plain(name) == *want))
        };
        let doi = column(&["originalpaperdoi", "doi", "paperdoi"]);
        let pmid = column(&["originalpaperpubmedid", "pmid", "pubmedid", "originalpaperpmid"]);
        let kind = column(&["retractionnature", "nature", "noticetype", "type", "kind"]);
        let date = column(&["retractiondate", "noticedate", "date"]);
        if doi.is_none() && pmid.is_none() {
            return Err(RetractionError::NoColumns(names));
        }
        let mut out = Self::default();
        let mut record = csv::ByteRecord::new();
        loop {
            match reader.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) if out.rows == 0 && error.is_io_error() => {
                    return Err(RetractionError::Csv(error));
                }
                Err(error) if error.is_io_error() => break,
                Err(_) => {
                    out.skipped += 1;
                    continue;
                }
            }
            let cell = |at: Option<usize>| {
                at.and_then(|at| record.get(at)).map(String::from_utf8_lossy).unwrap_or_default()
            };
            // a list without a column of kinds is a list of retractions
            let kind = match kind {
                Some(_) => NoticeKind::of(&cell(kind)),
                None => Some(NoticeKind::Retraction),
            };
            let used = kind.is_some_and(|kind| {
                let notice = RetractionNotice {
                    kind,
                    date: cell(date).split(' ').next().unwrap_or_default().to_owned(),
                };
                out.add(&cell(doi), &cell(pmid), notice)
            });
            if used {
                out.rows += 1;
            } else {
                out.skipped += 1;
            }
        }
        Ok(out)
    }

    /// Adds one work; false when it has no usable identifier.
    pub fn add(&mut self, doi: &str, pmid: &str, notice: RetractionNotice) -> bool {
        let doi = normal_doi(doi);
        let pmid = pmid.trim().parse::<u32>().ok().filter(|pmid| *pmid > 0);
        let stronger = |old: &RetractionNotice| {
            // a reinstatement settles what came before it
            old.kind != NoticeKind::Reinstatement
                && (notice.kind > old.kind || notice.kind == NoticeKind::Reinstatement)
        };
        if let Some(doi) = &doi
            && self.by_doi.get(doi.as_str()).is_none_or(stronger)
        {
            self.by_doi.insert(doi.as_str().into(), notice.clone());
        }
        if let Some(pmid) = pmid
            && self.by_pmid.get(&pmid).is_none_or(stronger)
        {
            self.by_pmid.insert(pmid, notice.clone());
        }
        doi.is_some() || pmid.is_some()
    }

    /// True when nothing was loaded.
    pub fn is_empty(&self) -> bool {
        self.by_doi.is_empty() && self.by_pmid.is_empty()
    }

    /// The notice on a work, by its DOI, else by its PubMed number.
    pub fn find(&self, doi: Option<&str>, pmid: Option<&str>) -> Option<&RetractionNotice> {
        let by_doi = doi.and_then(normal_doi).and_then(|doi| self.by_doi.get(doi.as_str()));
        by_doi.or_else(|| self.by_pmid.get(&pmid?.trim().parse().ok()?))
    }
}

/// A header without case, spaces and marks.
fn plain(header: &str) -> String {
    header.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// A DOI in lower case, from `10.` on; `None` for what is none.
fn normal_doi(doi: &str) -> Option<String> {
    let start = doi.find("10.")?;
    let doi = doi[start..].trim().trim_end_matches(['.', ',', ';']);
    (doi.len() > 7 && doi.contains('/')).then(|| doi.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "Record ID,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,RetractionDate\n\
        1,10.5555/a.1,0,Retraction,3/4/2021 0:00\n\
        2,https://doi.org/10.5555/A.2,77,Expression of concern,1/1/2020 0:00\n\
        3,10.5555/a.3,0,Retraction,1/1/2019 0:00\n\
        4,10.5555/a.3,0,Reinstatement,1/1/2020 0:00\n\
        5,unavailable,0,Retraction,1/1/2020 0:00\n";

    #[test]
    fn rows_by_identifier() {
        let list = Retractions::read(LIST.as_bytes()).unwrap();
        assert_eq!((list.rows, list.skipped), (4, 1));
        let kind = |doi| list.find(Some(doi), None).map(|n| n.kind);
        assert_eq!(kind("10.5555/A.1."), Some(NoticeKind::Retraction));
        assert_eq!(kind("10.5555/a.2"), Some(NoticeKind::Concern));
        assert_eq!(kind("10.5555/a.3"), Some(NoticeKind::Reinstatement));
        assert_eq!(kind("10.5555/a.4"), None);
        assert_eq!(list.find(None, Some("77")).map(|n| n.kind), Some(NoticeKind::Concern));
    }

    #[test]
    fn wrong_files_are_refused_with_their_columns() {
        let error = Retractions::read("a,b\n1,2\n".as_bytes()).unwrap_err();
        assert!(error.to_string().contains("a, b"));
        assert!(Retractions::read("".as_bytes()).is_err());
    }

    #[test]
    fn kinds_of_notices_round_trip() {
        for kind in
            [NoticeKind::Retraction, NoticeKind::Concern, NoticeKind::Correction, NoticeKind::Reinstatement]
        {
            let word = serde_json::to_string(&kind).unwrap();
            assert_eq!(serde_json::from_str::<NoticeKind>(&word).unwrap(), kind);
            assert_eq!(NoticeKind::of(word.trim_matches('"')), Some(kind));
        }
    }
}
