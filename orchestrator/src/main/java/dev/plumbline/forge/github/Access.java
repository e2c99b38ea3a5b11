package dev.plumbline.forge.github;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.GitLogin;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.http.ForgeApi;

/** As whom GitHub is spoken with. */
interface Access {

    /** The API, with the credentials that are for that repository. */
    ForgeApi api(Remote remote);

    /** The login that stands beside what we write. */
    Answer<String> self();

    /** What lets Git in. */
    Answer<GitLogin> git(Remote remote);
}
