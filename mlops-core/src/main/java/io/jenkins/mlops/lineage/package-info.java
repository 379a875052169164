/** What came from what: datasets, code, runs, versions, evaluations, promotions and endpoints as a graph to draw. */
package io.jenkins.mlops.lineage;
