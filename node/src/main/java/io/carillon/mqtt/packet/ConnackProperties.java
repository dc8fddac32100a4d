package io.carillon.mqtt.packet;

import org.jspecify.annotations.Nullable;

/**
 * The properties of CONNACK. Those that hold the standard's default are not written. Source: MQTT
 * 5.0, 3.2.2.3.
 */
public record ConnackProperties(
        @Nullable Long sessionExpirySeconds,
        int receiveMaximum,
        QoS maximumQos,
        boolean retainAvailable,
        int maximumPacketSize,
        @Nullable String assignedClientId,
        int topicAliasMaximum,
        @Nullable String reasonString,
        UserProperties userProperties,
        boolean wildcardSubscriptionAvailable,
        boolean subscriptionIdentifiersAvailable,
        boolean sharedSubscriptionAvailable,
        @Nullable Integer serverKeepAliveSeconds,
        @Nullable String responseInformation,
        @Nullable String serverReference,
        @Nullable String authenticationMethod,
        byte @Nullable [] authenticationData) {

    /** Nothing said: all the standard's defaults. */
    public static final ConnackProperties DEFAULT = builder().build();

    /** A builder in which everything has the standard's default. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the properties by name. One thread. */
    public static final class Builder {
        private @Nullable Long sessionExpirySeconds = null;
        private int receiveMaximum = 65_535;
        private QoS maximumQos = QoS.EXACTLY_ONCE;
        private boolean retainAvailable = true;
        private int maximumPacketSize = Integer.MAX_VALUE;
        private @Nullable String assignedClientId = null;
        private int topicAliasMaximum = 0;
        private @Nullable String reasonString = null;
        private UserProperties userProperties = UserProperties.NONE;
        private boolean wildcardSubscriptionAvailable = true;
        private boolean subscriptionIdentifiersAvailable = true;
        private boolean sharedSubscriptionAvailable = true;
        private @Nullable Integer serverKeepAliveSeconds = null;
        private @Nullable String responseInformation = null;
        private @Nullable String serverReference = null;
        private @Nullable String authenticationMethod = null;
        private byte @Nullable [] authenticationData = null;

        public Builder sessionExpirySeconds(@Nullable Long value) {
            this.sessionExpirySeconds = value;
            return this;
        }

        public Builder receiveMaximum(int value) {
            this.receiveMaximum = value;
            return this;
        }

        public Builder maximumQos(QoS value) {
            this.maximumQos = value;
            return this;
        }

        public Builder retainAvailable(boolean value) {
            this.retainAvailable = value;
            return this;
        }

        public Builder maximumPacketSize(int value) {
            this.maximumPacketSize = value;
            return this;
        }

        public Builder assignedClientId(@Nullable String value) {
            this.assignedClientId = value;
            return this;
        }

        public Builder topicAliasMaximum(int value) {
            this.topicAliasMaximum = value;
            return this;
        }

        public Builder reasonString(@Nullable String value) {
            this.reasonString = value;
            return this;
        }

        public Builder userProperties(UserProperties value) {
            this.userProperties = value;
            return this;
        }

        public Builder wildcardSubscriptionAvailable(boolean value) {
            this.wildcardSubscriptionAvailable = value;
            return this;
        }

        public Builder subscriptionIdentifiersAvailable(boolean value) {
            this.subscriptionIdentifiersAvailable = value;
            return this;
        }

        public Builder sharedSubscriptionAvailable(boolean value) {
            this.sharedSubscriptionAvailable = value;
            return this;
        }

        public Builder serverKeepAliveSeconds(@Nullable Integer value) {
            this.serverKeepAliveSeconds = value;
            return this;
        }

        public Builder responseInformation(@Nullable String value) {
            this.responseInformation = value;
            return this;
        }

        public Builder serverReference(@Nullable String value) {
            this.serverReference = value;
            return this;
        }

        public Builder authenticationMethod(@Nullable String value) {
            this.authenticationMethod = value;
            return this;
        }

        public Builder authenticationData(byte @Nullable [] value) {
            this.authenticationData = value;
            return this;
        }

        public ConnackProperties build() {
            return new ConnackProperties(
                    sessionExpirySeconds,
                    receiveMaximum,
                    maximumQos,
                    retainAvailable,
                    maximumPacketSize,
                    assignedClientId,
                    topicAliasMaximum,
                    reasonString,
                    userProperties,
                    wildcardSubscriptionAvailable,
                    subscriptionIdentifiersAvailable,
                    sharedSubscriptionAvailable,
                    serverKeepAliveSeconds,
                    responseInformation,
                    serverReference,
                    authenticationMethod,
                    authenticationData);
        }
    }
}
