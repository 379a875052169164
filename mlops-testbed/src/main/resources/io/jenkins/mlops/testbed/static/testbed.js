// What scripts of plugins find on a page of Jenkins, and what its own forms do.
"use strict";

(() => {
  const head = document.head.dataset;

  window.rootURL = head.rooturl;
  window.resURL = head.resurl;
  window.crumb = {
    fieldName: head.crumbHeader,
    value: head.crumbValue,
    wrap(headers) {
      if (this.fieldName) {
        headers[this.fieldName] = this.value;
      }
      return headers;
    },
    appendToForm(form) {
      const input = document.createElement("input");
      input.type = "hidden";
      input.name = this.fieldName;
      input.value = this.value;
      form.append(input);
    },
  };

  const behaviours = [];
  window.Behaviour = {
    specify(selector, id, priority, apply) {
      behaviours.push({ selector, priority, apply });
      if (document.readyState !== "loading") {
        document.querySelectorAll(selector).forEach((e) => apply(e));
      }
    },
    applySubtree(root) {
      behaviours
        .sort((a, b) => a.priority - b.priority)
        .forEach((b) => root.querySelectorAll(b.selector).forEach((e) => b.apply(e)));
    },
  };

  /**
   * The value of a form as Jenkins sends it: fields named "_.x" become properties x, parts become objects, and what
   * comes more than once becomes a list. An optional part is sent if its box is ticked.
   */
  const json = (form) => {
    const put = (value, name, given) => {
      if (!(name in value)) {
        value[name] = given;
      } else if (Array.isArray(value[name])) {
        value[name].push(given);
      } else {
        value[name] = [value[name], given];
      }
    };
    const collect = (root, value) => {
      for (const child of root.children) {
        const box = child.dataset.optional ? child.querySelector(".optional-part") : null;
        if (child.dataset.part) {
          if (!box || box.checked) {
            put(value, child.dataset.part, collect(child, {}));
          }
        } else if (child.name && /^(input|select|textarea|button)$/i.test(child.tagName)) {
          if (child.name !== head.crumbHeader && child.type !== "submit") {
            put(value, child.name.replace(/^_\./, ""), child.type === "checkbox" ? child.checked : child.value);
          }
        } else {
          collect(child, value);
        }
      }
      return value;
    };
    return JSON.stringify(collect(form, {}));
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.json === "true") {
      let field = form.querySelector("input[name=json]");
      if (!field) {
        field = document.createElement("input");
        field.type = "hidden";
        field.name = "json";
        form.append(field);
      }
      field.value = json(form);
    }
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-post=true]");
    if (link) {
      event.preventDefault();
      fetch(link.href, { method: "POST", headers: window.crumb.wrap({}) }).then(() => window.location.reload());
    }
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      navigator.clipboard.writeText(copy.dataset.copy);
    }
  });

  const log = document.querySelector("pre.console-output[data-building=true]");
  if (log) {
    let start = new TextEncoder().encode(log.textContent).length;
    const more = () =>
      fetch(`logText/progressiveText?start=${start}`).then((answer) =>
        answer.text().then((text) => {
          log.append(text);
          start = Number(answer.headers.get("X-Text-Size"));
          if (answer.headers.get("X-More-Data")) {
            setTimeout(more, 1000);
          }
        }),
      );
    setTimeout(more, 1000);
  }

  document.addEventListener("DOMContentLoaded", () => window.Behaviour.applySubtree(document));
})();
