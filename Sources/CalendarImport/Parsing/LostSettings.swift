import ICalendar

/// Settings that an entry was meant to have: a line of them is there, but cannot be read, has a name that is not quite
/// theirs, or stands where no setting can stand.
enum LostSettings {
    /// - Parameter bytes: the component, unfolded, with what is inside of it.
    static func ofEvent(_ event: Event, _ component: ComponentView, bytes: [UInt8]) -> Set<SettingName> {
        var lost = Set(SettingName.found(in: bytes.span).map(\.name))
        for other in event.others {
            if let name = SettingName(meantBy: other.name.utf8), SettingName(rawValue: other.name) == nil {
                lost.insert(name)
            }
        }
        return lost.union(component.allUnreadableLines.compactMap { SettingName(meantBy: $0) })
    }

    /// Of the calendar itself: they were meant for some entry of it, and nobody knows for which.
    static func ofCalendar(_ component: ComponentView) -> Set<SettingName> {
        var lost = Set(component.unreadableLines.compactMap { SettingName(meantBy: $0) })
        for property in component.properties {
            if property.kind == .other, let name = SettingName(meantBy: property.name.utf8) { lost.insert(name) }
            lost.formUnion(property.withValueBytes { SettingName.found(in: $0) }.map(\.name))
        }
        return lost
    }

    static func ofNames(_ names: [String]) -> Set<SettingName> {
        Set(names.compactMap { SettingName(meantBy: $0.utf8) })
    }
}

extension Event {
    /// Cuts a setting off that got into another value, which may be shown.
    mutating func removeSettings() {
        uid = uid?.withoutSettings
        for field in [\Event.summary, \.location, \.details, \.url, \.classification] {
            self[keyPath: field] = self[keyPath: field].withoutSettings
        }
        conferences = conferences.map(\.withoutSettings)
        organizer = organizer.map(\.withoutSettings)
        attendees = attendees.map(\.withoutSettings)
    }
}

extension CalendarUser {
    fileprivate var withoutSettings: CalendarUser {
        var user = self
        user.address = address.withoutSettings
        user.email = email.withoutSettings
        user.commonName = commonName.withoutSettings
        return user
    }
}

extension WrittenSettings {
    /// What `event` says, with the names that are not quite those of settings.
    init(_ event: borrowing Event, lost: Set<SettingName>) {
        self.init(
            maxOccupants: event.setting(.maxOccupants)?.withoutSettings, lobby: event.setting(.lobby)?.withoutSettings,
            password: event.setting(.password), lost: lost)
    }
}

extension Event {
    /// The first value that says something, else an empty one; `nil` where the setting is not there.
    func setting(_ name: SettingName) -> String? {
        var found: String?
        for other in others where other.name == name.rawValue && found?.isEmpty != false {
            if found == nil || !other.value.isEmpty { found = other.value }
        }
        return found
    }
}
