//! Inline TeX made plain: `$3 0 { \sim } 1 5 0 ~ \mathrm { n m }$` is `30~150 nm`.

/// Longest formula that is read; a longer one is masked.
const LONGEST: usize = 600;
/// Deepest nesting of braces.
const DEPTH: usize = 12;

/// A formula as plain text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Flat {
    /// Its characters.
    pub text: String,
    /// Stretches of `text` that are raised.
    pub raised: Vec<std::ops::Range<usize>>,
}

/// Flatten the inside of `$…$`; none when it holds what this does not know.
pub(super) fn flatten(tex: &str) -> Option<Flat> {
    if tex.len() > LONGEST {
        return None;
    }
    let mut reader = Reader { rest: tex, flat: Flat { text: String::new(), raised: Vec::new() } };
    reader.group(0, false)?;
    let flat = &mut reader.flat;
    let trimmed = flat.text.trim_end().len();
    flat.text.truncate(trimmed);
    flat.raised.retain_mut(|range| {
        range.end = range.end.min(trimmed);
        range.start < range.end
    });
    (!flat.text.trim().is_empty()).then_some(reader.flat)
}

/// True when what stands between two dollars is a formula, not prices.
pub(super) fn is_formula(tex: &str) -> bool {
    if tex.contains(['\\', '^', '{']) || tex.contains('_') && !tex.contains(' ') {
        return true;
    }
    // `P < 0 . 0 5`, `n = 3`, `x`: no word of two letters
    let words = tex.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 2);
    !words
        && tex.len() <= 60
        && !tex.ends_with(['-', '–', ',', ';'])
        && tex.chars().any(|c| c.is_alphanumeric())
}

struct Reader<'a> {
    rest: &'a str,
    flat: Flat,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    /// Read up to the closing brace, or the end at depth 0.
    fn group(&mut self, depth: usize, words: bool) -> Option<()> {
        if depth > DEPTH {
            return None;
        }
        while let Some(c) = self.next() {
            match c {
                '}' if depth > 0 => return Some(()),
                '}' => {}
                '{' => self.group(depth + 1, words)?,
                '^' => self.script(depth, true)?,
                '_' => self.script(depth, false)?,
                '\\' => self.command(depth)?,
                '~' => self.space(),
                '&' => return None,
                c if c.is_whitespace() => {
                    if words {
                        self.space();
                    }
                }
                '\'' => self.flat.text.push('′'),
                c => self.flat.text.push(c),
            }
        }
        (depth == 0).then_some(())
    }

    fn space(&mut self) {
        if !self.flat.text.is_empty() && !self.flat.text.ends_with(' ') {
            self.flat.text.push(' ');
        }
    }

    /// One argument: a group, a command or a character.
    fn argument(&mut self, depth: usize) -> Option<()> {
        self.rest = self.rest.trim_start();
        match self.next()? {
            '{' => self.group(depth + 1, false),
            '\\' => self.command(depth),
            c => {
                self.flat.text.push(c);
                Some(())
            }
        }
    }

    fn script(&mut self, depth: usize, raised: bool) -> Option<()> {
        let base_digit = self.flat.text.ends_with(|c: char| c.is_ascii_digit());
        let start = self.flat.text.len();
        self.argument(depth)?;
        let inner = &self.flat.text[start..];
        if raised && matches!(inner, "°" | "∘") {
            self.flat.text.truncate(start);
            self.flat.text.push('°');
            return Some(());
        }
        let power = inner.trim_start_matches(['-', '+', '−']).bytes().all(|b| b.is_ascii_digit())
            && !inner.is_empty();
        if raised && base_digit && power {
            // 10^5 must not read as 105
            self.flat.text.insert(start, '^');
        }
        if raised && start < self.flat.text.len() {
            self.flat.raised.push(start..self.flat.text.len());
        }
        Some(())
    }

    fn command(&mut self, depth: usize) -> Option<()> {
        if depth > DEPTH {
            return None;
        }
        let len = self.rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        if len == 0 {
            match self.next()? {
                c @ ('%' | '#' | '&' | '_' | '{' | '}' | '$' | '*' | '[' | ']') => self.flat.text.push(c),
                ',' | ';' | ':' | ' ' | '\\' | '>' => self.space(),
                '!' | '/' => {}
                _ => return None,
            }
            return Some(());
        }
        let name = &self.rest[..len];
        self.rest = &self.rest[len..];
        if let Some(text) = symbol(name) {
            self.flat.text.push_str(text);
            return Some(());
        }
        match name {
            "mathrm" | "mathbf" | "mathit" | "mathsf" | "mathtt" | "boldsymbol" | "bm" | "operatorname"
            | "overline" | "bar" | "hat" | "tilde" | "vec" | "underline" | "mathcal" | "mathbb"
            | "widetilde" | "widehat" | "dot" | "pmb" | "mathring" => self.argument(depth),
            "text" | "textrm" | "textbf" | "textit" | "mbox" | "hbox" | "textsf" | "textnormal" => {
                self.rest = self.rest.trim_start();
                if self.next()? != '{' {
                    return None;
                }
                // `\text { n m }` is letter-spaced, `\text{ and }` is not
                let inner = self.rest.split('}').next().unwrap_or_default();
                let spaced = inner.split_whitespace().all(|word| word.chars().count() == 1);
                self.group(depth + 1, !spaced)
            }
            "textsuperscript" => self.script(depth, true),
            "textsubscript" => self.script(depth, false),
            "frac" | "dfrac" | "tfrac" => {
                self.argument(depth)?;
                self.flat.text.push('/');
                self.argument(depth)
            }
            "sqrt" => {
                self.flat.text.push('√');
                self.argument(depth)
            }
            "left" | "right" | "big" | "Big" | "bigl" | "bigr" | "rm" | "bf" | "it" | "sf"
            | "displaystyle" | "textstyle" | "scriptstyle" | "limits" | "nolimits" => Some(()),
            "quad" | "qquad" | "thinspace" | "enspace" => {
                self.space();
                Some(())
            }
            _ => None,
        }
    }
}

fn symbol(name: &str) -> Option<&'static str> {
    Some(match name {
        "sim" | "thicksim" | "thickapprox" => "~",
        "pm" => "±",
        "mp" => "∓",
        "times" => "×",
        "cdot" | "bullet" | "centerdot" => "·",
        "div" => "÷",
        "leq" | "le" | "leqslant" | "leqq" => "≤",
        "geq" | "ge" | "geqslant" | "geqq" => "≥",
        "lt" => "<",
        "gt" => ">",
        "ll" => "≪",
        "gg" => "≫",
        "neq" | "ne" => "≠",
        "approx" => "≈",
        "equiv" => "≡",
        "cong" => "≅",
        "propto" => "∝",
        "infty" => "∞",
        "circ" | "degree" => "°",
        "prime" => "′",
        "dagger" => "†",
        "ddagger" => "‡",
        "star" | "ast" => "*",
        "rightarrow" | "to" | "longrightarrow" => "→",
        "leftarrow" => "←",
        "leftrightarrow" => "↔",
        "uparrow" => "↑",
        "downarrow" => "↓",
        "Rightarrow" => "⇒",
        "ldots" | "dots" | "cdots" | "dotsc" => "…",
        "textcircled" => "",
        "partial" => "∂",
        "nabla" => "∇",
        "sum" => "∑",
        "prod" => "∏",
        "int" => "∫",
        "in" => "∈",
        "forall" => "∀",
        "exists" => "∃",
        "cup" => "∪",
        "cap" => "∩",
        "subset" => "⊂",
        "mid" | "vert" | "lvert" | "rvert" => "|",
        "parallel" => "∥",
        "perp" => "⊥",
        "triangle" | "bigtriangleup" | "vartriangle" => "△",
        "Delta" => "Δ",
        "Omega" => "Ω",
        "Sigma" => "Σ",
        "Phi" => "Φ",
        "Gamma" => "Γ",
        "Lambda" => "Λ",
        "Theta" => "Θ",
        "Psi" => "Ψ",
        "Pi" => "Π",
        "alpha" => "α",
        "beta" => "β",
        "gamma" => "γ",
        "delta" => "δ",
        "epsilon" | "varepsilon" => "ε",
        "zeta" => "ζ",
        "eta" => "η",
        "theta" | "vartheta" => "θ",
        "iota" => "ι",
        "kappa" => "κ",
        "lambda" => "λ",
        "mu" => "μ",
        "nu" => "ν",
        "xi" => "ξ",
        "pi" => "π",
        "rho" => "ρ",
        "sigma" => "σ",
        "tau" => "τ",
        "upsilon" => "υ",
        "phi" | "varphi" => "φ",
        "chi" => "χ",
        "psi" => "ψ",
        "omega" => "ω",
        "AA" | "angstrom" => "Å",
        "lbrack" => "[",
        "rbrack" => "]",
        "langle" => "⟨",
        "rangle" => "⟩",
        "log" | "ln" | "exp" | "max" | "min" | "lim" | "sin" | "cos" | "tan" | "arg" | "det" | "dim" => {
            return function(name);
        }
        "checkmark" => "√",
        "ell" => "ℓ",
        "percent" => "%",
        _ => return None,
    })
}

fn function(name: &str) -> Option<&'static str> {
    ["log", "ln", "exp", "max", "min", "lim", "sin", "cos", "tan", "arg", "det", "dim"]
        .into_iter()
        .find(|known| *known == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letter_spaced_formulas_become_words() {
        let text = |tex| flatten(tex).map(|flat| flat.text);
        assert_eq!(text(r"3 0 { \sim } 1 5 0 ~ \mathrm { n m }").as_deref(), Some("30~150 nm"));
        assert_eq!(text(r"P < 0 . 0 5").as_deref(), Some("P<0.05"));
        assert_eq!(text(r"1 . 2 \times 1 0 ^ { 5 }").as_deref(), Some("1.2×10^5"));
        assert_eq!(text(r"\mathrm { C O } _ { 2 }").as_deref(), Some("CO2"));
        assert_eq!(text(r"3 7 ^ { \circ } \mathrm { C }").as_deref(), Some("37°C"));
        assert_eq!(text(r"\begin{array}{c} a \end{array}"), None);
        assert_eq!(text(r"{ { {"), None);
    }

    #[test]
    fn a_raised_citation_is_known_to_be_raised() {
        let flat = flatten(r"^ { [ 3 , 5 ] }").unwrap();
        assert_eq!(flat.text, "[3,5]");
        assert_eq!(flat.raised.first(), Some(&(0..5)));
    }

    #[test]
    fn prices_are_no_formulas() {
        assert!(!is_formula("5 million to "));
        assert!(!is_formula("20-"));
        assert!(is_formula("n = 3 2"));
        assert!(is_formula(r"\alpha"));
    }
}
