/** How the suite reads and writes JSON, and the metrics and parameter files that training scripts leave behind. */
package io.jenkins.mlops.json;
