//! What the readers make of printed lines: every repair and every kind of block, in sentences of our own.

use exolint::document::{BlockKind, Document, FlowKind, Lang, MarkKind, RepairKind};
use exolint::format::read_text;

fn blocks(document: &Document) -> Vec<(BlockKind, &str)> {
    document.blocks().iter().map(|block| (block.kind, document.slice(block.span))).collect()
}

fn of_kind(document: &Document, kind: BlockKind) -> Vec<&str> {
    document.blocks().iter().filter(|b| b.kind == kind).map(|b| document.slice(b.span)).collect()
}

fn repairs(document: &Document, kind: RepairKind) -> usize {
    document.repairs().iter().filter(|repair| repair.kind == kind).count()
}

/// Printed lines with a blank line after each, as some extractions give them.
fn spaced(lines: &[&str]) -> String {
    lines.join("\n\n")
}

#[test]
fn wrapped_chinese_lines_become_one_paragraph() {
    let text = spaced(&[
        "树叶在秋天变黄是因为叶绿素分解之后原来被它遮住的",
        "其他色素显露了出来，这一过程受到温度和光照的共同",
        "影响，并且在不同的树种之间存在着相当明显的差异，",
        "有些树种（如银杏）的变化特别整齐，而另一些树种的",
        "变化则要持续好几个星期才能够完成，期间叶片的颜色",
        "会经过多个阶段，最后才会变成我们熟悉的金黄色。",
        "在这之后叶柄的基部形成离层。",
        "与此同时，树木把叶片中的养分运回到枝条和根部贮藏",
        "起来，为下一个生长季节做好准备，这样的循环每年都",
        "会重复一次，直到树木死亡为止。",
    ]);
    let document = read_text("a.txt", text);
    let paragraphs = of_kind(&document, BlockKind::Paragraph);
    assert!(paragraphs[0].contains("原来被它遮住的其他色素显露了出来"), "{paragraphs:?}");
    assert!(paragraphs.len() <= 3, "{paragraphs:?}");
    assert_eq!(repairs(&document, RepairKind::ParagraphJoined), 0);
}

#[test]
fn a_word_broken_at_the_line_end_is_whole_again() {
    let text = "Long walks through the moun-\ntains were common among poets of the peri-\nod, who used a well-\nknown path.";
    let document = read_text("a.txt", text);
    assert_eq!(
        document.slice(document.blocks()[0].span),
        "Long walks through the mountains were common among poets of the period, who used a well-known path."
    );
    assert_eq!(repairs(&document, RepairKind::HyphenDropped), 2);
    assert_eq!(repairs(&document, RepairKind::HyphenKept), 1);
}

#[test]
fn names_keep_their_hyphen_at_a_line_end() {
    for (text, whole) in [
        ("it was shown that miR-\n92a-3p falls", "miR-92a-3p"),
        ("binding of NF-\nκB to the site", "NF-κB"),
        ("grown from hUC-\nMSCs in plates", "hUC-MSCs"),
        ("a fall of IL-\n6 in serum", "IL-6"),
    ] {
        let document = read_text("a.txt", text);
        assert!(document.text().contains(whole), "{}", document.text());
    }
}

#[test]
fn a_definition_over_two_lines_is_one_string() {
    let text = "其中最常用的是骨髓来源的细胞（bone marrow mes⁃\nenchymal stem cells, BMSCs）。";
    let document = read_text("a.txt", text);
    assert!(document.text().contains("（bone marrow mesenchymal stem cells, BMSCs）"));
}

#[test]
fn letter_spaced_lines_read_as_words() {
    let text = "本 文 所 说 的 转 运 复 合 体 （transport complex，\nTC）由 3 个亚基组成，参 与 多 种 生 理 过 程 ， 包 括 分 泌 。";
    let document = read_text("a.txt", text);
    assert!(
        document.text().starts_with("本文所说的转运复合体（transport complex，TC）由 3 个亚基组成"),
        "{}",
        document.text()
    );
    assert!(document.text().contains("参与多种生理过程，包括分泌。"));
    assert_eq!(repairs(&document, RepairKind::LetterSpacing), 2);
}

#[test]
fn radicals_ligatures_and_invisible_characters_are_mended() {
    let document = read_text("a.txt", "⻣折的定\u{200b}义 is de\u{ad}ﬁned here");
    assert_eq!(document.slice(document.blocks()[0].span), "骨折的定义 is defined here");
    assert_eq!(repairs(&document, RepairKind::Folded), 2);
    assert_eq!(repairs(&document, RepairKind::Invisible), 2);
}

#[test]
fn a_sentence_runs_around_a_page_head_and_a_caption() {
    let text = "骨骼在受到外力的作用之后会发生一系列的变化，其中最\n\
                重要的变化发生在骨小梁的表面，因为那里的细胞能够感\n\
                ·· 27\n\
                Journal of Imagined Bones Apr.2019 Vol.3 No.2\n\
                图1　骨小梁的示意图\n\
                Fig. 1　A sketch of the trabecular bone\n\
                受到外力，并且把信号传给其他的细胞，从而引起整个骨\n\
                组织的反应。";
    let document = read_text("a.txt", text);
    let paragraphs = of_kind(&document, BlockKind::Paragraph);
    assert_eq!(paragraphs.len(), 1, "{:?}", blocks(&document));
    assert!(paragraphs[0].contains("那里的细胞能够感受到外力"));
    assert_eq!(of_kind(&document, BlockKind::Furniture).len(), 2);
    assert_eq!(of_kind(&document, BlockKind::Caption).len(), 2);
    assert_eq!(repairs(&document, RepairKind::FurnitureInside), 1);
    assert!(document.flows().iter().filter(|flow| flow.kind == FlowKind::Caption).count() == 2);
}

#[test]
fn page_heads_over_a_page_number_in_words_are_no_text() {
    let head = "Reed et al. Journal of Imagined Bones (2019) 3:27";
    let text = format!(
        "# Bones of birds\n\nBones of birds are hollow, and they break more easily than\n\n{head}\n\nPage 2 of 9\n\n\
         those of mammals do.\n\n## References\n\n1. Reed A. Birds. J Imagined Bones. 2001;1:1-9.\n\n{head}\n\n\
         Page 9 of 9\n\n2. Pond B. Hollow bones. J Imagined Bones. 2002;2:11-19.\n"
    );
    let document = read_text("a.md", &text);
    assert_eq!(of_kind(&document, BlockKind::Furniture).len(), 4, "{:?}", blocks(&document));
    assert!(document.text().contains("more easily than those of mammals"), "{:?}", blocks(&document));
    let entries = of_kind(&document, BlockKind::Reference);
    assert_eq!(entries[0], "1. Reed A. Birds. J Imagined Bones. 2001;1:1-9.");
}

#[test]
fn a_page_head_marked_as_a_heading_belongs_to_no_entry() {
    let text = "湖水会变色[1-2]。\n\n# 参考文献\n\n[1] 周一鸣, 吴二白. 湖水的颜色[J]. 湖泊杂志, 2019, 3(2): 1-9.\n\n\
                # 湖泊地理\n\n[2] 郑三, 王四. 湖水的深度[J]. 湖泊杂志, 2020, 4(1): 11-19.\n";
    let document = read_text("a.md", text);
    let entries = of_kind(&document, BlockKind::Reference);
    assert_eq!(entries.len(), 2, "{:?}", blocks(&document));
    assert!(entries[0].ends_with("1-9."), "{:?}", blocks(&document));
}

#[test]
fn parts_of_an_abstract_may_be_headed_like_sections() {
    let body = "Background\n\nBirds fall from trees.\n\nMethods\n\nWe watched 31 birds.\n\nResults\n\nSix fell.\n\n\
                Conclusion\n\nFew birds fall.\n\n";
    let marked = body.lines().map(|line| match line {
        "Background" | "Methods" | "Results" => format!("## {line}\n"),
        "Conclusion" => "# Conclusion\n".to_owned(),
        _ => format!("{line}\n"),
    });
    let markdown: String = marked.collect();
    for (name, abstracts) in [("a.md", markdown.as_str()), ("a.txt", body)] {
        let mark = if name == "a.md" { "## " } else { "" };
        let text = format!(
            "{mark}On the fall of birds\n\n{mark}Abstract\n\n{abstracts}{mark}Introduction\n\nBirds live in trees.\n\n\
             {mark}Methods\n\nWe sat under 12 trees.\n"
        );
        let document = read_text(name, &text);
        let found = of_kind(&document, BlockKind::Abstract);
        assert!(found.contains(&"Few birds fall."), "{:?}", blocks(&document));
        assert!(!found.iter().any(|text| text.contains("12 trees")), "{:?}", blocks(&document));
        assert!(of_kind(&document, BlockKind::Heading).contains(&"Introduction"), "{:?}", blocks(&document));
    }
    // the sections of a text after an abstract without parts
    let text = "## Abstract\n\n## Background\n\nBirds fall.\n\n## Methods\n\nWe sat.\n\n## Conclusion\n\nFew fell.\n\n\
                ## References\n\n1. Reed A. Birds. J Bones. 2001;1:1-9.\n";
    let document = read_text("a.md", text);
    assert_eq!(of_kind(&document, BlockKind::Heading).len(), 3, "{:?}", blocks(&document));
}

#[test]
fn a_sentence_that_begins_with_a_figure_is_no_caption() {
    let document = read_text(
        "a.txt",
        "结果如\n图1所示，两组之间没有差别。\n\n表2表明，年龄没有影响。\n\nFig. 3 shows the result.",
    );
    assert!(of_kind(&document, BlockKind::Caption).is_empty(), "{:?}", blocks(&document));
}

#[test]
fn front_matter_is_told_apart() {
    let text = "湖水颜色的季节变化研究进展\n\n周一鸣1，吴二白2*，郑三\n\n（1. 湖滨大学环境学院，湖滨 100001；2. 山前医院，山前 200002）\n\n\
                摘要：湖水的颜色随季节变化。本文综述了这一变化的原因。\n\n关键词：湖水；颜色；季节\n\n中图分类号：X1　文献标识码：A\n\n\
                收稿日期：2020-01-02\n\n基金项目：湖滨市科学基金（12345678）\n\n1 引言\n\n湖水的颜色一直受到人们的注意。";
    let document = read_text("a.txt", text);
    let kinds: Vec<BlockKind> = document.blocks().iter().map(|block| block.kind).collect();
    use BlockKind::{Abstract, Affiliation, Authors, FrontMatter, Heading, Keywords, Paragraph, Title};
    assert_eq!(
        kinds,
        [
            Title,
            Authors,
            Affiliation,
            Abstract,
            Keywords,
            FrontMatter,
            FrontMatter,
            FrontMatter,
            Heading,
            Paragraph
        ],
        "{:?}",
        blocks(&document)
    );
    let heading = document.blocks().iter().find(|b| b.kind == Heading).unwrap();
    assert_eq!((heading.level, heading.marker.map(|m| document.slice(m))), (1, Some("1")));
}

#[test]
fn a_structured_abstract_in_two_languages() {
    let text = "摘要\n\n背景：鸟会飞。\n\n方法：观察。\n\n结论：鸟确实会飞。\n\n关键词：鸟\n\nAbstract\n\nBACKGROUND: Birds fly.\n\n\
                CONCLUSION: They do.\n\nKey words: bird\n\n1 引言\n\n鸟类的飞行。";
    let document = read_text("a.md", text);
    let abstracts: Vec<Lang> =
        document.blocks().iter().filter(|b| b.kind == BlockKind::Abstract).map(|b| b.lang).collect();
    assert_eq!(abstracts.iter().filter(|lang| **lang == Lang::Zh).count(), 4, "{:?}", blocks(&document));
    assert_eq!(abstracts.iter().filter(|lang| **lang == Lang::En).count(), 3);
    assert_eq!(of_kind(&document, BlockKind::Keywords).len(), 2);
}

#[test]
fn headings_are_numbered_in_order() {
    let text = "1 概述\n湖水在春天是绿色的，这是因为藻类在这个时候开始大量\n繁殖，使得湖水的透明度下降，颜色也随之变化。经过\n\
                12 周的观察，我们发现这一变化与水温有关。\n1.1 藻类\n藻类的种类很多。\n2 结论\n湖水会变色。";
    let document = read_text("a.txt", text);
    assert_eq!(of_kind(&document, BlockKind::Heading), ["1 概述", "1.1 藻类", "2 结论"]);
    assert!(document.text().contains("经过12 周的观察"));
}

#[test]
fn a_run_in_heading_is_cut_from_its_paragraph() {
    let text = "# 1 资料\n\n1.1 检索策略 在三个数据库中检索了所有关于湖水颜色的文献，时间不限，语种为中文和英文。\n\n\
                # 2. Results\n\n2.1. Study Selection. All the titles were screened by two readers who did not know each other.";
    let document = read_text("a.md", text);
    assert_eq!(
        of_kind(&document, BlockKind::Heading),
        ["1 资料", "1.1 检索策略", "2. Results", "2.1. Study Selection."]
    );
}

#[test]
fn entries_stand_alone_and_the_text_after_the_list_is_text_again() {
    let text = "结论\n\n湖水会变色[1-2]。\n\n参 考 文 献\n\n[1] 周一鸣, 吴二白. 湖水的颜色[J]. 湖泊杂志, 2019, 3(2): 1-9.\n\n\
                [2] Lake A, Pond B. Colours of water in the spring\nand in the autumn[J]. J Lakes, 2020, 4(1): 11-19.\n\n\
                附录\n\n这里是观察的原始数据。";
    let document = read_text("a.txt", text);
    let entries = of_kind(&document, BlockKind::Reference);
    assert_eq!(entries.len(), 2, "{:?}", blocks(&document));
    assert!(entries[1].contains("in the spring and in the autumn"));
    assert_eq!(of_kind(&document, BlockKind::ReferenceHeading), ["参考文献"]);
    assert!(!of_kind(&document, BlockKind::BackMatter).is_empty());
}

#[test]
fn markdown_is_read_as_text() {
    let text = "# Lakes\n\nWater is *blue*<sup>[1,2]</sup> in `code` and ^[3-4] too, [see here](http://example.org/a).\n\n\
                - [ ] a task\n\n1. First item\n2. Second item\n\n| a | b |\n|---|---|\n| c | d |\n\n```\nlet x = [1];\n```\n";
    let document = read_text("a.md", text);
    let text = document.text();
    assert!(text.contains("Water is blue[1,2] in \u{fffc} and ^[3-4] too, see here."), "{text}");
    let raised: Vec<&str> = document
        .marks()
        .iter()
        .filter(|m| m.kind == MarkKind::Superscript)
        .map(|m| document.slice(m.span))
        .collect();
    assert_eq!(raised, ["[1,2]", "^[3-4]"]);
    let items = of_kind(&document, BlockKind::ListItem);
    assert_eq!(items, ["a task", "1. First item", "2. Second item"]);
    assert_eq!(of_kind(&document, BlockKind::Table), ["a\tb\nc\td"]);
    assert_eq!(of_kind(&document, BlockKind::Code), ["let x = [1];"]);
}

#[test]
fn tex_is_flattened_and_prices_are_not() {
    let text = "直径为 $3 0 { \\sim } 1 5 0 ~ \\mathrm { n m }$ 的小泡$^{[3,5]}$，价格从 $5 到 $6 不等。";
    let document = read_text("a.md", text);
    assert!(
        document.text().contains("直径为 30~150 nm 的小泡[3,5]，价格从 $5 到 $6 不等。"),
        "{}",
        document.text()
    );
    assert_eq!(repairs(&document, RepairKind::TexFlattened), 2);
}

#[test]
fn an_entry_in_brackets_is_no_link_definition() {
    let text = "As shown before [1].\n\n## References\n\n[1] Lake A. Colours of water. J Lakes. 2020;4:11-19.\n\n[2]: https://doi.org/10.1000/182\n\nAs in [2].";
    let document = read_text("a.md", text);
    assert!(document.text().contains("[1] Lake A."), "{}", document.text());
    assert!(document.text().contains("[2]: https://doi.org/10.1000/182"), "{}", document.text());
    assert!(document.text().contains("As in [2]."), "{}", document.text());
}

#[test]
fn a_paragraph_broken_by_a_page_is_joined() {
    let long = "湖水的颜色不仅取决于水中藻类的种类和数量，而且与水的深度、底质的颜色、天空的状况以及观察者所处的位置和角度都有密切的关";
    let text =
        format!("{long}\n\n系，因此在比较不同湖泊的时候必须考虑到这些因素的影响，否则就会得出错误的结论。");
    let document = read_text("a.md", text);
    assert!(document.text().contains("密切的关系，因此"), "{:?}", blocks(&document));
    assert_eq!(repairs(&document, RepairKind::ParagraphJoined), 1);
}

#[test]
fn a_single_sentence_is_a_paragraph() {
    for text in ["湖水会变色。", "Water turns green in spring", "TNF-α（tumor necrosis factor-α）"]
    {
        for name in ["a.txt", "a.md"] {
            let document = read_text(name, text);
            assert_eq!(blocks(&document), [(BlockKind::Paragraph, text)], "{name}");
        }
    }
}

#[test]
fn a_whole_paragraph_goes_on_with_no_field() {
    let prose = "湖水的颜色一直受到人们的注意，许多人写过文章来描述它在一年之中的变化。".repeat(6);
    let text = format!(
        "作者简介：周一鸣（1995—），女，硕士，研究方向为湖泊的颜色。E-mail: zhouyiming@example.org\n{prose}\n1 原因\n{prose}"
    );
    let document = read_text("a.txt", text);
    assert_eq!(of_kind(&document, BlockKind::Paragraph).len(), 2, "{:?}", blocks(&document));
}

#[test]
fn an_issue_at_the_start_of_a_line_numbers_no_entry() {
    let text = spaced(&[
        "参考文献",
        "周一鸣, 吴二白. 2018. 湖水颜色的季节变化[J]. 示例湖泊学报, 34(",
        "3): 52-56.",
        "郑三. 2021. 水温与颜色的关系[J]. 示例湖泊学报, 37(2): 60-64.",
        "Lund H, Okoro R. 2019. Colours of lakes in the north[J]. Sample J Lakes,",
        "12(1): 40-49.",
        "Novak T, Weiss O. 2020. Water and light in spring[J]. Sample J Lakes, 13(2): 11-20.",
        "Rossi G. 2017. Algae in shallow lakes of the plain[J]. Sample J Lakes, 9(4): 1-9.",
    ]);
    let document = read_text("a.txt", text);
    assert_eq!(of_kind(&document, BlockKind::Reference).len(), 5, "{:?}", blocks(&document));
}

#[test]
fn short_lines_numbered_in_brackets_are_headings_before_paragraphs() {
    let prose = "湖水的颜色一直受到人们的注意，许多人写过文章来描述它在一年之中的变化，也有人测量过。";
    let text = format!(
        "一、原因\n（一）水温\n{prose}\n（二）光照\n{prose}\n二、方法\n（一）采样\n{prose}\n具体如下：\n（一）取水样。\n（二）测颜色。\n"
    );
    let document = read_text("a.txt", text);
    assert_eq!(
        of_kind(&document, BlockKind::Heading),
        ["一、原因", "（一）水温", "（二）光照", "二、方法", "（一）采样"],
        "{:?}",
        blocks(&document)
    );
}
