/** When approved promotions may be applied: weekly windows and days on which nothing changes. */
package io.jenkins.mlops.registry.window;
