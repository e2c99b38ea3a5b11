"use strict";

(() => {
    const body = document.body;

    // A page that changes under a reader keeps what the reader did: open folds, and what is being typed.
    Idiomorph.defaults.ignoreActiveValue = true;
    Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, element) =>
        !(name === "open" && (element.tagName === "DETAILS" || element.tagName === "DIALOG"));

    // --- Live: the server says that something changed, the page fetches what it shows anew.

    const link = document.getElementById("link");
    let stream = null;
    let pending = 0;

    function say(text) {
        link.textContent = text;
        link.hidden = text === "";
    }

    function refresh() {
        if (!document.hidden && !pending) {
            pending = setTimeout(() => {
                pending = 0;
                htmx.trigger(body, "changed");
            }, 50);
        }
    }

    // A browser allows few connections to one server, so a tab that nobody sees gives its own back.
    function listen() {
        if (stream || document.hidden || !document.getElementById("live")) {
            return;
        }
        let lost = false;
        stream = new EventSource("/events");
        stream.addEventListener("changed", refresh);
        stream.onopen = () => {
            say("");
            if (lost) {
                refresh();
            }
            lost = false;
        };
        stream.onerror = () => {
            lost = true;
            say("The connection to the server is lost. Trying again …");
            if (stream.readyState === EventSource.CLOSED) {
                stop();
                setTimeout(listen, 3000);
                refresh();
            }
        };
    }

    function stop() {
        if (stream) {
            stream.close();
            stream = null;
        }
    }

    document.addEventListener("visibilitychange", () => {
        if (document.hidden) {
            stop();
        } else {
            listen();
            refresh();
        }
    });
    window.addEventListener("pagehide", stop);
    window.addEventListener("pageshow", listen);
})();
