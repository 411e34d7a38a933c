"""The bot: what people do. Each feature has its folder; what is kept stands in `storage`."""
