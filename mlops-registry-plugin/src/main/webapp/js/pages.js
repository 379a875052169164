/* What the registry's pages do beyond showing: dialogs, clean addresses, reading values off charts, moving about in a
   lineage graph. Everything is found by data attributes; nothing here is needed to read a page. */
"use strict";

(() => {
  const SVG = "http://www.w3.org/2000/svg";

  /* Dialogs */
  const dialogs = () => {
    document.addEventListener("click", (event) => {
      const opener = event.target.closest("[data-mlops-opens]");
      if (opener) {
        const dialog = document.getElementById(opener.dataset.mlopsOpens);
        dialog.showModal();
        const first = dialog.querySelector("input:not([type=hidden]), textarea, button");
        if (first) {
          first.focus();
        }
      }
      const closer = event.target.closest("[data-mlops-closes]");
      if (closer) {
        closer.closest("dialog").close();
      }
      // A click beside the dialog lands on the dialog itself, outside its rectangle.
      if (event.target instanceof HTMLDialogElement && event.target.matches(".mlops-dialog")) {
        const box = event.target.getBoundingClientRect();
        const inside =
          event.clientX >= box.left &&
          event.clientX <= box.right &&
          event.clientY >= box.top &&
          event.clientY <= box.bottom;
        if (!inside) {
          event.target.close();
        }
      }
    });
  };

  /* Jenkins adds the crumb to every form; in those that only ask, it would stand in the address. */
  const questions = () => {
    const crumb = document.head.dataset.crumbHeader;
    document.addEventListener("submit", (event) => {
      const form = event.target;
      if (form.dataset.mlopsGet !== "true") {
        return;
      }
      for (const field of form.elements) {
        const crumbs = field.type === "hidden" && (field.name === crumb || field.name === "json");
        const empty = field.type === "search" && field.value === "";
        if (crumbs || empty) {
          field.disabled = true;
        }
      }
    });
    // Coming back with the browser's back button, the fields are wanted again.
    window.addEventListener("pageshow", () => {
      document.querySelectorAll("form[data-mlops-get] input[type=search]").forEach((field) => {
        field.disabled = false;
      });
    });
  };

  /* Nothing is decided twice by a double click. */
  const once = () => {
    document.addEventListener("submit", (event) => {
      const form = event.target;
      if (form.matches(".mlops-form")) {
        if (form.dataset.mlopsSent === "true") {
          event.preventDefault();
        }
        form.dataset.mlopsSent = "true";
      }
    });
    window.addEventListener("pageshow", () => {
      document.querySelectorAll(".mlops-form").forEach((form) => delete form.dataset.mlopsSent);
    });
  };

  /* Charts: the nearest point under the pointer, or by the arrow keys, is marked and read out. */
  const points = (chart) => {
    const found = [];
    const [left, right, bottom, top, x0, x1, y0, y1] = (chart.dataset.mlopsScales || "").split(" ").map(Number);
    const rounded = (value) => String(Number(value.toPrecision(3)));
    const values = (x, y) =>
      rounded(x0 + ((x - left) / (right - left)) * (x1 - x0)) +
      ", " +
      rounded(y0 + ((y - bottom) / (top - bottom)) * (y1 - y0));
    chart.querySelectorAll(".mlops-line:not(.mlops-line--reference)").forEach((line) => {
      const name = line.dataset.mlopsSeries || "";
      const before = name ? name + ": " : "";
      const circles = line.querySelectorAll("circle");
      circles.forEach((circle) => {
        const title = circle.querySelector("title");
        found.push({
          line,
          x: Number(circle.getAttribute("cx")),
          y: Number(circle.getAttribute("cy")),
          text: before + (title ? title.textContent : ""),
        });
      });
      // Lines of many points have no dots; their values follow from where they run.
      if (circles.length === 0 && Number.isFinite(left)) {
        line.querySelectorAll("polyline").forEach((polyline) => {
          for (const point of polyline.points) {
            found.push({ line, x: point.x, y: point.y, text: before + values(point.x, point.y) });
          }
        });
      }
    });
    return found.sort((a, b) => a.x - b.x);
  };

  const readable = (chart) => {
    const all = points(chart);
    if (all.length === 0 || chart.dataset.mlopsReadable) {
      return;
    }
    chart.dataset.mlopsReadable = "true";
    const readout = document.createElement("div");
    readout.className = "mlops-readout";
    readout.setAttribute("role", "status");
    chart.after(readout);
    const mark = document.createElementNS(SVG, "g");
    mark.setAttribute("class", "mlops-crosshair");
    mark.setAttribute("visibility", "hidden");
    mark.setAttribute("pointer-events", "none");
    const upright = document.createElementNS(SVG, "line");
    const dot = document.createElementNS(SVG, "circle");
    dot.setAttribute("r", "4.5");
    mark.append(upright, dot);
    chart.append(mark);
    const height = chart.viewBox.baseVal.height;
    let current = -1;

    const show = (index) => {
      current = index;
      const point = all[index];
      mark.setAttribute("visibility", "visible");
      upright.setAttribute("x1", point.x);
      upright.setAttribute("x2", point.x);
      upright.setAttribute("y1", 8);
      upright.setAttribute("y2", height - 40);
      dot.setAttribute("cx", point.x);
      dot.setAttribute("cy", point.y);
      readout.textContent = point.text;
    };
    const shown = (point) => !point.line.hasAttribute("hidden") && point.line.getAttribute("visibility") !== "hidden";
    const hide = () => {
      mark.setAttribute("visibility", "hidden");
      readout.textContent = "";
    };

    chart.setAttribute("tabindex", "0");
    chart.addEventListener("pointermove", (event) => {
      const matrix = chart.getScreenCTM();
      if (!matrix) {
        return;
      }
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
      let nearest = -1;
      let least = Infinity;
      all.forEach((point, index) => {
        // Across counts more than up and down: people follow the axis.
        const distance = 4 * (point.x - at.x) ** 2 + (point.y - at.y) ** 2;
        if (shown(point) && distance < least) {
          least = distance;
          nearest = index;
        }
      });
      if (nearest >= 0) {
        show(nearest);
      }
    });
    chart.addEventListener("pointerleave", hide);
    chart.addEventListener("blur", hide);
    chart.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
      if (step === undefined) {
        return;
      }
      event.preventDefault();
      let next = Math.max(0, Math.min(all.length - 1, current + step));
      if (step === -Infinity) {
        next = 0;
      }
      const direction = step < 0 ? -1 : 1;
      while (next > 0 && next < all.length - 1 && !shown(all[next])) {
        next += direction;
      }
      show(next);
    });
  };

  /* Legends: a button shows and hides a line. */
  const legends = () => {
    document.querySelectorAll("[data-mlops-legend]").forEach((entry) => {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.mlopsToggles = entry.dataset.mlopsLegend;
      button.setAttribute("aria-pressed", "true");
      button.append(...entry.childNodes);
      entry.replaceWith(button);
      button.addEventListener("click", () => {
        const on = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", String(on));
        const group = button.closest("[data-mlops-charts]") || document;
        group.querySelectorAll(".mlops-line").forEach((line) => {
          if (line.dataset.mlopsSeries === button.dataset.mlopsToggles) {
            line.setAttribute("visibility", on ? "visible" : "hidden");
          }
        });
      });
    });
  };

  /* Lineage: what a box came from and what came from it, and boxes that are looked for by their text. */
  const tracing = (host, show) => {
    const drawing = host.querySelector("svg");
    const nodes = [...drawing.querySelectorAll(".mlops-node")];
    const edges = [...drawing.querySelectorAll(".mlops-edge")].map((line) => ({
      line,
      from: Number(line.dataset.mlopsFrom),
      to: Number(line.dataset.mlopsTo),
    }));
    const follow = (start, here, there) => {
      const reached = new Set([start]);
      const open = [start];
      while (open.length > 0) {
        const node = open.pop();
        edges.forEach((edge) => {
          if (edge[here] === node && !reached.has(edge[there])) {
            reached.add(edge[there]);
            open.push(edge[there]);
          }
        });
      }
      return reached;
    };
    const trace = (box) => {
      const start = nodes.indexOf(box);
      const causes = follow(start, "to", "from");
      const effects = follow(start, "from", "to");
      nodes.forEach((node, i) => node.classList.toggle("mlops-node--traced", causes.has(i) || effects.has(i)));
      edges.forEach(({ line, from, to }) =>
        line.classList.toggle("mlops-edge--traced", (causes.has(from) && causes.has(to)) || (effects.has(from) && effects.has(to))),
      );
      drawing.classList.add("mlops-lineage--traced");
    };
    const forget = () => drawing.classList.remove("mlops-lineage--traced");
    const boxOf = (element) => {
      const link = element.closest("a");
      return element.closest(".mlops-node") || (link ? link.querySelector(".mlops-node") : null);
    };
    ["pointerover", "focusin"].forEach((kind) =>
      drawing.addEventListener(kind, (event) => {
        const box = boxOf(event.target);
        if (box) {
          trace(box);
        } else {
          forget();
        }
      }),
    );
    drawing.addEventListener("pointerleave", forget);
    drawing.addEventListener("focusout", forget);

    const field = host.querySelector("[data-mlops-find]");
    const count = host.querySelector("[data-mlops-found]");
    const [one, several] = count.dataset.mlopsFound.split("|");
    let next = 0;
    const find = () => {
      const wanted = field.value.trim().toLowerCase();
      const found = nodes.filter((node) => {
        const hit = wanted !== "" && node.querySelector("title").textContent.toLowerCase().includes(wanted);
        node.classList.toggle("mlops-node--found", hit);
        return hit;
      });
      count.textContent = wanted === "" ? "" : found.length + " " + (found.length === 1 ? one : several);
      return found;
    };
    field.addEventListener("input", () => {
      next = 0;
      const found = find();
      if (found.length > 0) {
        show(found[0]);
      }
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") {
        return;
      }
      event.preventDefault();
      const found = find();
      if (found.length > 0) {
        next = (next + 1) % found.length;
        show(found[next]);
        trace(found[next]);
      }
    });
  };

  /* Lineage: zoom by buttons, keys and the wheel; move by dragging and the arrow keys. */
  const canvas = (host) => {
    const view = host.querySelector(".mlops-canvas__view");
    const drawing = view.querySelector("svg");
    const width = drawing.viewBox.baseVal.width;
    const height = drawing.viewBox.baseVal.height;
    let scale = 1;

    const zoom = (wanted, x = view.clientWidth / 2, y = view.clientHeight / 2) => {
      const next = Math.max(0.1, Math.min(3, wanted));
      const left = (view.scrollLeft + x) / scale;
      const top = (view.scrollTop + y) / scale;
      scale = next;
      drawing.setAttribute("width", width * scale);
      drawing.setAttribute("height", height * scale);
      view.scrollLeft = left * scale - x;
      view.scrollTop = top * scale - y;
    };
    const whole = () => Math.min(1, view.clientWidth / width, (view.clientHeight || height) / height);
    const fit = () => {
      zoom(Math.max(0.1, whole()));
    };
    // At first never so small that a box can't be read; a long graph is scrolled instead.
    const open = () => zoom(Math.max(0.55, Math.min(1, view.clientWidth / width)));
    const show = (box) => {
      const place = box.getBoundingClientRect();
      const frame = view.getBoundingClientRect();
      view.scrollLeft += place.left + place.width / 2 - frame.left - frame.width / 2;
      view.scrollTop += place.top + place.height / 2 - frame.top - frame.height / 2;
    };

    host.querySelectorAll("[data-mlops-zoom]").forEach((button) => {
      button.addEventListener("click", () => {
        const way = button.dataset.mlopsZoom;
        if (way === "fit") {
          fit();
        } else {
          zoom(scale * (way === "in" ? 1.25 : 0.8));
        }
      });
    });
    view.addEventListener("keydown", (event) => {
      const moves = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] };
      if (moves[event.key]) {
        view.scrollBy(...moves[event.key]);
      } else if (event.key === "+" || event.key === "=") {
        zoom(scale * 1.25);
      } else if (event.key === "-") {
        zoom(scale * 0.8);
      } else if (event.key === "0") {
        fit();
      } else {
        return;
      }
      event.preventDefault();
    });
    view.addEventListener(
      "wheel",
      (event) => {
        // The wheel alone scrolls the page, as everywhere.
        if (event.ctrlKey) {
          event.preventDefault();
          const frame = view.getBoundingClientRect();
          zoom(scale * Math.exp(-event.deltaY / 400), event.clientX - frame.left, event.clientY - frame.top);
        }
      },
      { passive: false },
    );
    let from = null;
    let dragged = false;
    view.addEventListener("pointerdown", (event) => {
      dragged = false;
      if (event.button === 0 && event.pointerType === "mouse") {
        from = { x: event.clientX + view.scrollLeft, y: event.clientY + view.scrollTop };
      }
    });
    view.addEventListener("pointermove", (event) => {
      if (!from) {
        return;
      }
      const left = from.x - event.clientX;
      const top = from.y - event.clientY;
      if (dragged || Math.abs(left - view.scrollLeft) + Math.abs(top - view.scrollTop) > 5) {
        dragged = true;
        view.classList.add("mlops-canvas--moving");
        view.scrollLeft = left;
        view.scrollTop = top;
      }
    });
    const release = () => {
      from = null;
      view.classList.remove("mlops-canvas--moving");
    };
    view.addEventListener("pointerup", release);
    view.addEventListener("pointerleave", release);
    // Letting go at the end of a drag is no click on the box that happens to be there.
    view.addEventListener(
      "click",
      (event) => {
        if (dragged) {
          event.preventDefault();
          dragged = false;
        }
      },
      true,
    );
    view.addEventListener("dragstart", (event) => event.preventDefault());
    view.addEventListener("focusin", (event) => {
      if (event.target !== view) {
        show(event.target);
      }
    });
    tracing(host, show);
    open();
    const current = drawing.querySelector(".mlops-node--current");
    if (current) {
      show(current);
    }
  };

  const start = () => {
    dialogs();
    questions();
    once();
    legends();
    document.querySelectorAll("svg.mlops-chart").forEach(readable);
    document.querySelectorAll("[data-mlops-canvas]").forEach(canvas);
  };
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
