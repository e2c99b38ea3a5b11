"use strict";

(() => {
    const body = document.body;

    // A page that changes under a reader keeps what the reader did: open folds, and what is being typed. Only that: of any other
    // element that has the focus, its words would be kept, too, and a button be called what it no longer does.
    Object.defineProperty(Idiomorph.defaults, "ignoreActiveValue", {
        enumerable: true,
        get: () => document.activeElement !== null && document.activeElement.matches("input, textarea, select"),
    });
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
        stream = new EventSource("/events");
        stream.addEventListener("changed", refresh);
        stream.onopen = () => {
            say("");
            // What changed since the page was made, and before anybody listened, was told to nobody.
            refresh();
        };
        stream.onerror = () => {
            say("The connection to the server is lost. Trying again …");
            if (stream.readyState === EventSource.CLOSED) {
                stop();
                setTimeout(listen, 3000);
                refresh();
            }
        };
    }

    // What the page fetches by itself doesn't keep its reader logged in.
    const BY_ITSELF = { "X-By-Itself": "true" };

    body.addEventListener("htmx:configRequest", event => {
        if (event.detail.elt.id === "live") {
            Object.assign(event.detail.headers, BY_ITSELF);
        }
    });

    // What was asked for before the reader searched would put the former page in the place of what they found.
    body.addEventListener("htmx:beforeSwap", event => {
        const asked = event.detail.requestConfig;
        const live = document.getElementById("live");
        if (asked && live && asked.elt.id === "live" && asked.path !== live.getAttribute("hx-get")) {
            event.detail.shouldSwap = false;
            refresh();
        }
    });

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
        }
    });
    window.addEventListener("pagehide", stop);
    window.addEventListener("pageshow", listen);

    // --- Confirmations: the page that a button leads to opens over this one.

    const dialog = document.getElementById("dialog");
    let opener = null;

    body.addEventListener("htmx:beforeRequest", event => {
        if (event.target.matches(".actions > a")) {
            opener = event.target.getAttribute("href");
        }
    });
    body.addEventListener("htmx:afterSettle", event => {
        if (event.target.id === "dialog-body") {
            if (!dialog.open) {
                dialog.showModal();
            }
            const first = dialog.querySelector("form button, [data-close]");
            (first || dialog).focus();
        }
    });
    dialog.addEventListener("click", event => {
        if (event.target.closest("[data-close]")) {
            event.preventDefault();
            dialog.close();
        }
    });
    dialog.addEventListener("close", () => {
        document.getElementById("dialog-body").replaceChildren();
        const back = [...document.querySelectorAll(".actions > a")].find(link => link.getAttribute("href") === opener);
        (back || document.getElementById("main")).focus();
        refresh();
    });

    // --- Logs: only what is new is fetched, and only the end is kept.

    const MOST_LINES = 5000;
    const log = document.getElementById("log");

    function trim() {
        // Each piece is a node of its own, so that old ones go without touching the rest.
        let lines = 0;
        for (let node = log.lastChild; node; node = node.previousSibling) {
            lines += node.data.split("\n").length - 1;
            if (lines > MOST_LINES && node.previousSibling) {
                while (node.previousSibling) {
                    node.previousSibling.remove();
                }
                document.getElementById("log-cut").hidden = false;
            }
        }
    }

    async function follow() {
        if (log.dataset.ended === "true") {
            return;
        }
        let pause = 700;
        try {
            const answer = await fetch(log.dataset.log + "?offset=" + log.dataset.next, { headers: BY_ITSELF });
            if (answer.ok) {
                const text = await answer.text();
                const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
                if (answer.headers.get("X-Cut") === "true") {
                    log.replaceChildren();
                    document.getElementById("log-cut").hidden = false;
                }
                if (text) {
                    log.append(document.createTextNode(text));
                    trim();
                    if (atEnd) {
                        log.scrollTop = log.scrollHeight;
                    }
                }
                log.dataset.next = answer.headers.get("X-Next");
                log.dataset.ended = answer.headers.get("X-Ended");
            } else {
                pause = 3000;
            }
        } catch (offline) {
            pause = 3000;
        }
        setTimeout(whenSeen, pause);
    }

    function whenSeen() {
        if (document.hidden) {
            document.addEventListener("visibilitychange", whenSeen, { once: true });
        } else {
            follow();
        }
    }

    if (log) {
        log.scrollTop = log.scrollHeight;
        follow();
    }

    // --- The graph: larger and smaller.

    let zoom = 1;

    function showZoom() {
        const drawing = document.querySelector(".graph svg");
        const tools = document.querySelector(".graph-tools");
        if (drawing && tools) {
            tools.hidden = false;
            drawing.setAttribute("width", drawing.viewBox.baseVal.width * zoom);
            drawing.setAttribute("height", drawing.viewBox.baseVal.height * zoom);
        }
    }

    document.addEventListener("click", event => {
        const button = event.target.closest("[data-zoom]");
        if (button) {
            const step = Number(button.dataset.zoom);
            const drawing = document.querySelector(".graph svg");
            const room = drawing.closest(".graph").clientWidth - 20;
            zoom = step ? Math.min(4, Math.max(0.1, zoom * step)) : Math.min(1, room / drawing.viewBox.baseVal.width);
            showZoom();
        }
    });
    body.addEventListener("htmx:afterSettle", showZoom);
    showZoom();
})();
