/** Making a version again: its build started once more with what is on record, and the outcome set beside it. */
package io.jenkins.plugins.mlops.registry.reproduction;
