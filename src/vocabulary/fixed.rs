//! The vocabularies that no site changes, with the words that the public sees.

use super::Words;

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$variant_doc:meta])* $variant:ident = $id:literal: $ja:literal, $en:literal;
            $ja_description:literal, $en_description:literal;)+
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name {
            $($(#[$variant_doc])* $variant),+
        }

        impl $name {
            /// All of them, in the order in which they are shown.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Identifiers with their values, for readers of typed fields.
            pub const CHOICES: &'static [(&'static str, Self)] = &[$(($id, Self::$variant)),+];

            /// The identifier in code, data and addresses.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$variant => $id),+
                }
            }

            /// The one with this identifier.
            #[must_use]
            pub fn parse(id: &str) -> Option<Self> {
                Self::CHOICES.iter().find(|(known, _)| *known == id).map(|&(_, value)| value)
            }

            /// What the public calls it.
            #[must_use]
            pub const fn name(self) -> Words {
                match self {
                    $(Self::$variant => Words::new($ja, $en)),+
                }
            }

            /// What it means, in a sentence.
            #[must_use]
            pub const fn description(self) -> Words {
                match self {
                    $(Self::$variant => Words::new($ja_description, $en_description)),+
                }
            }
        }
    };
}

vocabulary! {
    /// 場面: when in the course of care.
    Scene {
        /// 日常の療養支援
        Daily = "daily": "日常の療養支援", "Everyday care";
            "ふだんの暮らしのなかで、病気や体の不調とつきあいながら過ごすときのことです。",
            "Living everyday life with an illness or with failing strength, and with the help that makes it possible.";
        /// 入退院支援
        Transition = "transition": "入退院支援", "Going into hospital and coming home";
            "入院するとき、退院して家に戻るときに、だれとどう準備すればよいかのことです。",
            "Preparing, together with others, to go into hospital and to come home again.";
        /// 急変時の対応
        Emergency = "emergency": "急変時の対応", "When things suddenly change";
            "急に具合が悪くなったときに、だれに連絡し、ふだんからどう備えておくかのことです。",
            "Whom to call when somebody suddenly gets worse, and how to be ready for it.";
        /// 看取り
        EndOfLife = "end_of_life": "看取り", "The end of life";
            "人生の最期の時間を、どこで、だれと、どのように過ごすかのことです。",
            "Where, with whom and how to spend the last part of life.";
    }
}

vocabulary! {
    /// 視点: what residents should understand.
    Viewpoint {
        /// 自分自身が当事者になりうること
        CouldBeMe = "could_be_me": "自分自身が当事者になりうること", "It could be me";
            "年を重ねれば、だれでも体が弱り、毎日の手助けが必要になることがあります。",
            "With age, anyone can grow frail and come to need help every day.";
        /// 在宅での療養の効用
        Benefit = "benefit": "在宅での療養の効用", "What home can give";
            "病状が落ち着いている時期には、住み慣れた家のほうがその人らしく過ごせることが多くあります。",
            "While an illness is stable, home often lets a person live as they wish.";
        /// 在宅での療養の可能性
        Possible = "possible": "在宅での療養の可能性", "What is possible at home";
            "毎日の医療や介護が必要になっても、家で過ごすことも、家で最期を迎えることもできます。",
            "Living at home, and dying at home, are possible even with medical needs every day.";
        /// 在宅での療養の実態
        Reality = "reality": "在宅での療養の実態", "What it is really like";
            "家での療養は実際にはどんな毎日なのか、本人と家族の声から知ることができます。",
            "What the days are really like, told by the people concerned and by their families.";
        /// 地域の資源やサービス
        Resources = "resources": "地域の資源やサービス", "Who and what is there to help";
            "保険で受けられる支えと、近くで頼れる人や場所、その使い方を知っておくと安心です。",
            "What insurance covers, who is nearby, and how to ask for help.";
    }
}

vocabulary! {
    /// 対象: whom an article or an event is for.
    Audience {
        /// 高齢の方
        Elderly = "elderly": "高齢の方", "Older people";
            "元気なうちに、これからのことを考えておきたい方へ。",
            "For those who want to think ahead while they are well.";
        /// ご家族
        Family = "family": "ご家族", "Families";
            "家族の療養や介護を支えている方、これから支える方へ。",
            "For those who care, or will care, for someone in the family.";
        /// 40歳以上の方
        FortiesUp = "forties_up": "40歳以上の方", "People of 40 and over";
            "親のこと、そして自分のことを考えはじめる方へ。",
            "For those who begin to think of their parents, and of themselves.";
        /// 医療・介護の専門職の方
        Professional = "professional": "医療・介護の専門職の方", "Health and care professionals";
            "地域で医療や介護にたずさわる方へ。",
            "For those who work in health and social care here.";
    }
}

vocabulary! {
    /// 手法: how residents are reached.
    Method {
        /// シンポジウム
        Symposium = "symposium": "シンポジウム", "Symposium";
            "家族を看取った方や医師などの話を、大きな会場で聞く催しです。",
            "Families, doctors and others tell of their experience before a large audience.";
        /// 講演会
        Lecture = "lecture": "講演会", "Lecture";
            "地域の医師や看護師などが、一つの話題をくわしく話す催しです。",
            "A local doctor, nurse or other professional speaks on one subject.";
        /// 出前講座
        OutreachClass = "outreach_class": "出前講座", "Outreach class";
            "老人クラブや自治会などの集まりに、講師がうかがって話す催しです。",
            "A speaker comes to the meeting of a club or neighbourhood.";
        /// 在宅医療カフェ
        Cafe = "cafe": "在宅医療カフェ", "Home care café";
            "お茶を飲みながら、住民と専門職が気軽に語り合う集まりです。",
            "Residents and professionals talk over a cup of tea.";
        /// 動画
        Video = "video": "動画", "Video";
            "家での療養の様子を、映像で知ることができます。",
            "Seeing in pictures what care at home is like.";
        /// 寸劇
        Skit = "skit": "寸劇", "Skit";
            "よくある場面を短い劇にして、みんなで考える催しです。",
            "A short play of a common situation, to think about together.";
        /// まんが冊子
        Manga = "manga": "まんが冊子", "Manga booklet";
            "家での療養の始まりから今までを、まんがで読むことができます。",
            "A story of care at home, told as a comic.";
        /// 広報紙
        Newsletter = "newsletter": "広報紙", "Newsletter";
            "すべての世帯に届く広報紙で、身近な例や催しをお知らせします。",
            "The municipal newsletter brings examples and events to every household.";
        /// ウェブサイト
        Web = "web": "ウェブサイト", "Website";
            "いつでも、どこからでも見られるこのサイトでのお知らせです。",
            "This site, to be read at any time and from anywhere.";
    }
}

vocabulary! {
    /// 段階: the three steps of each year's flow.
    Stage {
        /// 意識・方向性の表明
        First = "1": "意識・方向性の表明", "Saying where we want to go";
            "まち全体で、これからの暮らしと療養について、目指すところを分かち合います。",
            "The whole municipality shares where it wants to go.";
        /// 基本的な理解の浸透・深耕
        Second = "2": "基本的な理解の浸透・深耕", "Understanding, area by area";
            "圏域ごとの小さな集まりで、いろいろな例を知り、考えを深めます。",
            "Small meetings in each area tell of many different cases.";
        /// 拡大・拡充
        Third = "3": "拡大・拡充", "Reaching everyone";
            "広報紙などですべての世帯に、身近な例や催しを届けます。",
            "The newsletter brings nearby cases and events to every household.";
    }
}

impl Stage {
    /// Its number, 1 to 3.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::First => 1,
            Self::Second => 2,
            Self::Third => 3,
        }
    }

    /// The stage with this number.
    #[must_use]
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.iter().copied().find(|stage| i64::from(stage.number()) == number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_lead_back_to_their_values() {
        for &scene in Scene::ALL {
            assert_eq!(Scene::parse(scene.id()), Some(scene));
        }
        assert_eq!(Viewpoint::parse("could_be_me"), Some(Viewpoint::CouldBeMe));
        assert_eq!(Viewpoint::parse("could-be-me"), None);
        assert_eq!(Stage::from_number(2), Some(Stage::Second));
        assert_eq!(Stage::from_number(4), None);
        assert_eq!(Scene::EndOfLife.name().get("ja"), "看取り");
        assert_eq!(Scene::EndOfLife.name().get("pt-BR"), "The end of life");
    }
}
