/** What forges on loopback have in common: real Git over HTTP, people who use their API, and small things of JSON. */
package dev.plumbline.localforge;
