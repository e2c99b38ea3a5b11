/** A GitLab on loopback for tests: real Git, state, roles, scopes, limits and webhooks, read by another client's models as well. */
package dev.plumbline.localgitlab;
