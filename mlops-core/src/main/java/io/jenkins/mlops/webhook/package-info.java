/** Webhooks that come in: who sent them, whether they were seen before, and what they say. */
package io.jenkins.mlops.webhook;
