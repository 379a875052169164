/**
 * The registry's pages below {@code <jenkins>/mlops/}: models, one model, one version, the comparison of two, what
 * waits for a decision, what goes by rules of retention, and what came from a digest.
 *
 * <p>Jelly only places things; what a page shows is worked out here, for one {@link
 * io.jenkins.plugins.mlops.registry.pages.Reader reader}, from lists that the database has already cut to what he may
 * see. So totals, orders and page breaks tell nothing of what he may not.
 *
 * <p>Charts are SVG drawn on the server, not ECharts. A chart here has one to four lines or a few dozen bars; as SVG
 * in the page it is there with the first paint, prints, grows with the text, follows the theme by CSS, is read by
 * screen readers and by tests, needs neither an inline script nor a style that a content security policy would have to
 * allow, and nothing has to be kept up to date for it. What a script can add, {@code js/pages.js} does: reading
 * values off under the pointer or by arrow keys, hiding lines by the legend, moving about in a lineage graph. Without
 * the script, every page still says all that it has to say.
 */
package io.jenkins.plugins.mlops.registry.pages;
