/** A GitHub on loopback for tests: real Git, state, permissions, limits, and webhooks, held against GitHub's own description. */
package dev.plumbline.localgithub;
