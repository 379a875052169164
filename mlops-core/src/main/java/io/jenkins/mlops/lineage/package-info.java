/** How a graph of what came from what is laid out to be drawn. */
package io.jenkins.mlops.lineage;
