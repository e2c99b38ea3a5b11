package dev.plumbline.forge.owners;

import java.util.List;

/** How a forge writes CODEOWNERS, and where it looks for it. */
public enum Dialect {
    /** Globs as in gitignore; the last line that fits decides. docs.github.com, "About code owners". */
    GITHUB(".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"),
    /** Sections, each with globs of its own. docs.gitlab.com, "Syntax of CODEOWNERS file" and "Advanced CODEOWNERS configuration". */
    GITLAB("CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"),
    /** Regular expressions; every line that fits counts. docs.gitea.com, "Code Owners"; Forgejo has a place of its own besides. */
    GITEA("CODEOWNERS", "docs/CODEOWNERS", ".gitea/CODEOWNERS", ".forgejo/CODEOWNERS");

    private final List<String> places;

    Dialect(String... places) {
        this.places = List.of(places);
    }

    /** The files that it may be, from the repository's root; the first one that is there counts, the others don't. */
    public List<String> places() {
        return places;
    }
}
