/** Drawings as view models: coordinates of SVG elements, computed on the server and placed by a Jelly view each. */
package io.jenkins.plugins.mlops.registry.lineage.chart;
