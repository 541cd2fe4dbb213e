//! Plain text, most of it extracted from PDF.

use super::Reader;
use crate::document::{BlockKind, Document, DocumentBuilder, FlowKind, Format};
use crate::source::Source;

/// The reader of `.txt`.
pub struct Plain;

impl Reader for Plain {
    fn format(&self) -> Format {
        Format::Plain
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text", "md"]
    }

    fn read(&self, source: Source) -> Document {
        let lines: Vec<_> = (1..=source.line_count()).map(|line| source.line_range(line)).collect();
        let mut builder = DocumentBuilder::new(source, Format::Plain);
        builder.begin_flow(FlowKind::Body);
        let mut in_list = false;
        for range in lines {
            let line = builder.source_text()[range.clone()].trim();
            let heading = matches!(line, "参考文献" | "References");
            let kind = match (heading, in_list) {
                (true, _) => BlockKind::ReferenceHeading,
                (_, true) => BlockKind::Reference,
                _ => BlockKind::Paragraph,
            };
            in_list |= heading;
            builder.begin_block(kind, 0);
            builder.verbatim(range);
        }
        builder.finish()
    }
}
