/** Tells people and systems about promotions: by webhook, by mail, and by whatever another plugin adds. */
package io.jenkins.plugins.mlops.registry.notice;
