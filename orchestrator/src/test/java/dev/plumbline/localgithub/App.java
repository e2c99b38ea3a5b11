package dev.plumbline.localgithub;

import java.security.PublicKey;
import java.util.Map;

/**
 * A GitHub App.
 *
 * @param key with whose other half it signs
 * @param bot what it is on the pages
 * @param installations by the account that it is installed on
 */
record App(long id, String slug, PublicKey key, Account bot, Grants grants, Map<String, Long> installations) {}
