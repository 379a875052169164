/** What differs between two versions of a model: metrics, parameters, data and code. */
package io.jenkins.mlops.comparison;
