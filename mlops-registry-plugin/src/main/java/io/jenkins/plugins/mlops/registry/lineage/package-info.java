/** What a build did to data and models, kept on its record and drawn on its page and its job's. */
package io.jenkins.plugins.mlops.registry.lineage;
