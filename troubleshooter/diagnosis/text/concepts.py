"""What everyday words mean: one list of words of many languages for each thing, state and event that flows have."""

from __future__ import annotations

CONCEPTS = {
    # What no guide may be about
    "data policy": "data_policy data_policies dlp_policy dlp_policies data_loss loss_prevention admin_policy "
    "policy_forbid policy_block policy_prevent policy_prohibit policy_violation violates_policy violate_policy "
    "datenrichtlinie* datenverlust* perte_donnees perdida_datos politique_donnees データ損失 データポリシー 数据策略",
    "allowance": "higher_limit quota* rate_limit request_limit daily_limit api_limit action_limit limit_exceeded "
    "exceeded_limit plan_allow licence_allow license_allow kontingent* 配额 クォータ",
    "solved": "can_close_this can_be_closed close_ticket close_case closing_ticket closing_case problem_solved "
    "was_solved got_solved was_resolved been_resolved been_solved ist_gelost hat_sich_erledigt "
    "est_resolu esta_resuelto e_risolto esta_resolvido is_opgelost",
    "nothing else": "nothing_of_kind nothing_like_that nothing_of_sort nothing_else nothing_similar",
    "other flow": "cash_flow patient_flow material_flow traffic_flow water_flow air_flow blood_flow gas_flow "
    "visitor_flow goods_flow",
    "pane": "data_pane datenbereich*",
    # Things
    "flow": "stroom stromen stroompje "
    "akış* akis* luong flw wf automatism* automatik* automatyz* flow workflow* cloudflow automation* flux "
    "flujo* flusso flussi fluxo* przeplyw* przepływ* vuo flod* flyt flyten поток* 흐름* フロー 流程 云端流 雲端流程 "
    "工作流 flow_list list_of_flow all_runs every_run each_run run_history runs_of_flow",
    "behind > flow app": "thing_behind behind_it behind_button behind_form behind_app behind_screen behind_scenes "
    "behind_scene happens_behind runs_behind one_behind part_behind process_behind dahinter hinter_knopf "
    "hinter_button derriere_bouton detras_boton dietro_pulsante atras_botao achter_knop za_przyciskiem "
    "thing_that_send thing_which_send thing_that_create thing_that_write thing_that_make logic_behind bit_behind "
    "magic_behind stuff_behind in_background hintergrund* arriere_plan segundo_plano achtergrond w_tle",
    "child > flow": "subflow* child_flow parent_flow child_workflow untergeordnet* 子フロー 子流程 子流",
    "execution > flow run": "execution* ausfuhrung* ejecucion* execucao execucoes esecuzion* uitvoering* wykonani*",
    "app": "uygulama* ung_dung app application* powerapp* power_app appka appli applikation* aplica* aplikac* "
    "applicazion* anwendung* 앱* приложени* アプリ 应用 應用",
    "press > app": "press* click* klick* tap! taps! tapped tapping submit! submits submitted submitting druck* "
    "cliqu* klik* clicc* puls!",
    "spinner > app long": "wheel* spinner* loading_wheel loading_dots loading_circle dots hourglass dreht_sich "
    "kringel* sanduhr ladekreis sablier",
    "device > app": "phone phones smartphone* tablet tablets ipad* iphone* handy handys telefon* telefono* celular* "
    "mobile_device",
    "screen > app": "btn btns button* screen* form formular* gallery galerie galeria galleria studio knopf knop "
    "bouton* boton* botao pulsante schaltflache* przycisk* maske bildschirm* ecran* pantalla* ボタン 按钮 按鈕 画面 "
    "ギャラリー",
    "label > field app": "lbl combo_box combobox text_input label* textbox* text_box dropdown* etikett* "
    "beschriftung* etiquette etiqueta* etichetta ラベル 标签",
    "field": "box boxes kastchen casilla* field* feld* champ* campo campos campi veld* pole* フィールド 字段 欄位",
    "operation > action flow": "get_file get_files create_item creates_item update_item updates_item get_item "
    "get_items send_mail_step send_email_step mail_step email_step teams_step excel_step sharepoint_step "
    "outlook_step list_rows update_row add_row create_file get_rows apply_to_each http_step",
    "internet": "internet* network_connection wifi wi_fi wlan vpn offline netzwerk* reseau red_wifi",
    "connection": "baglanti* bağlantı* ket_noi conn conns conect* conection* conexion* koppeling* connection* "
    "connexion* conexi* conexao conexoes connession* verbindung* verbinding* połączeni* pripojen* tilkobling* "
    "anslutning* forbindels* подключени* 연결* 接続 连接 連接 連線 připojen*",
    "reference > connection": "connection_reference connectionreference* verbindungsverweis* verbindungsreferenz* "
    "reference_connexion referencia_conexion riferimento_connessione referencia_conexao 接続参照 连接引用",
    "service connection > connection": "sharepoint_connection sharepoint_conn teams_connection teams_conn "
    "outlook_connection outlook_conn planner_connection excel_connection dataverse_connection onedrive_connection "
    "approvals_connection sharepoint_verbindung teams_verbindung outlook_verbindung",
    "connector": "baglayici* bağlayıcı* 커넥터* connector* konnektor* connecteur* conector* connettor* łącznik* "
    "コネクタ 连接器",
    "action": "adim! adım* adimi 단계* 작업* action* step steps aktion* schritt* etape* accion* paso azion* passaggio "
    "acao acoes actie acties stap akcj* krok* アクション ステップ 操作 步骤 动作 akce akci",
    "trigger": "first_step first_action first_card trigger* auslos* declench* desencaden* disparad* gatilho "
    "wyzwalacz* トリガー 触发器",
    "input": "imput imputs inpt inputt 입력* girdi mandatory_question required_question pflichtfrage* "
    "asks_in_powerapps prompt_for mandatory_input input* param param* argument* eingabe* entree* entrada* invoer* "
    "wejści* pflichtfeld* pflichteingabe* required_field mandatory_field required_value required_parameter "
    "compulsory_field parametr* 入力 引数 パラメーター パラメータ 输入 参数 輸入 參數 vstup*",
    "asked in app > input": "ask_in_powerapps ask_in_powerapp ask_in_power_app ask_in_power_apps "
    "demande_dans_powerapp demande_dans_power_app demander_dans_powerapp preguntar_en_powerapp in_powerapps_fragen "
    "perguntar_no_powerapp chiedi_in_powerapp vraag_in_powerapp",
    "answer > output": "answer answers answered answering reply replies replied",
    "output": "reactie* "
    "출력* output* response* respond* result result* ausgabe* ruckgabe* antwort* ergebnis* sortie* reponse* "
    "salida* respuesta* risposta* saida* resposta* resultad* risultat* uitvoer* antwoord* wyjści* odpowied* wynik* "
    "return_value valeur_retour 出力 応答 返回值 输出 响应 輸出 výstup*",
    "value": "variab* property properties val vals value* wert werte valeur* valor valore valori valores waarde* "
    "wartość wartości amount total data 値 值 hodnot*",
    "number > value": "nr number numbers anzahl numero liczba liczby",
    "account": "shared_box shared_mailbox shared_inbox 账号 帳號 계정* servicebenutzer* dienstkonto* servicekonto* "
    "funktionskonto* functional_user svc_account service_user service_account acct acc service_principal identity "
    "account* konto konten compte* cuenta* conta contas kont* mailbox* アカウント 账户 帐户 帳戶 účet účtu",
    "password": "비밀번호* parola sifre* pw psw passw* pass_word passphrase login_details secret password* passwd pwd "
    "credential* kennwort* passwort* mot_passe contrasena* senha* wachtwoord* hasł* heslo passcode parol* lozinka "
    "パスワード 密码 密碼",
    "password change > password changed": "passwortander* kennwortander* passwortwechsel* kennwortwechsel* "
    "passwordchange*",
    "token": "token* access_token jeton* トークン 令牌",
    "environment": "moi_truong 환경* ortam* envs environment* env umgebung* environnement* entorno* ambiente* "
    "omgeving* środowisk* 環境 环境 prostřed*",
    "dev > environment": "where_build building_environment build_environment where_develop where_built dev source "
    "development* entwicklung* developpement desarrollo sviluppo desenvolvimento ontwikkel* rozwojow* deweloper* "
    "sandbox source_environment quellumgebung 開発 开发 vývoj*",
    "test > environment": "try_things_out where_try where_test acceptance abnahme test testing uat qa staging "
    "testumgebung testsystem testow* preprod テスト环境 テスト 测试",
    "real > prod environment": "where_everybody where_everyone where_all real! real_life real_one real_environment "
    "real_system real_thing where_users where_user live_version echtbetrieb echtsystem wirkbetrieb",
    "prod > environment": "prd prd_environment working_environment where_people_work customer_environment in_live "
    "on_live live_site production prod target produktion* produktiv* productie* produccion produzione producao "
    "produkc* live_system live_environment live_tenant produktionsumgebung target_environment zielumgebung 本番 生产 "
    "生產",
    "solution": "sln solution* losung* soluzion* solucion* solucao solucoes oplossing* rozwiązani* ソリューション "
    "解决方案",
    "person": "worker workers maker makers 사용자* guy guys contractor* intern interns consultant* staff admin* "
    "team_member developer* entwickler* person persons personne personen persona personas people someone somebody "
    "user* nutzer* jemand* quelqu* alguien qualcuno alguem iemand utilisateur* usuari* benutzer* utent* "
    "gebruiker* użytkownik* "
    "uzivatel* ユーザー 用户 誰か",
    "colleague > person": "each_other collegue* collegaue* workmate* colleague* coworker* co_worker teammate* boss "
    "predecessor* employee* manager kolleg* companer* colleg* colega* coleg* mitarbeiter* chef vorganger* kolezan* "
    "同僚 同事 koleg*",
    "plan > thing": "plan! plans! planner_plan bucket*",
    "list > thing": "list lists liste* lista* elenco lijst* lists_sharepoint リスト 列表 seznam* listy",
    "file > thing": "file* datei* fichier* archivo* arquivo* bestand* plik* workbook* document! documents! documento! "
    "documentos! documenten! dokument! dokumente! dokumentu! ファイル 文件 soubor*",
    "folder > thing": "folder* directory ordner* dossier* carpeta* cartell* pasta フォルダー フォルダ 文件夹 složk*",
    "column > thing": "col cols column* spalte* colonn* columna* coluna* kolom* kolumn* 列名 列を 列が sloup*",
    "table > thing": "spreadsheet* tab! table* tabelle* tableau* tabla* tabell* tabela* tabel worksheet* sheet* "
    "テーブル 表格",
    "address": "address! addresses url urls adresse* direccion indirizz* endereco adres*",
    "channel > thing": "channel* kanal* canal*",
    "site > thing": "site! sites! library libraries website* サイト 站点",
    "setting": "setting* einstellung* reglage* ajuste* impostazion* configuration* instelling* ustawieni* 設定 设置 "
    "nastaven*",
    "minutes > long": "two_and_half three_and_half four_and_half five_and_half 2_and_half 3_and_half 4_and_half "
    "couple_of_minutes good_minutes takes_minutes several_minutes few_minutes couple_minutes many_minutes "
    "mehrere_minuten plusieurs_minutes varios_minutos kilka_minut half_hour hour hours stunde stunden heures horas "
    "ore uren godzin* 数分 几分钟",
    # States
    "off": "auf_aus offers_turn_on offer_turn_on with_turn_on says_turn_on shows_turn_on menu_turn_on swiched_of "
    "switched_of swiched_off swithced_off turned_of shut_of coupe! couper! kapali* kapalı* 꺼졌* 비활성* "
    "went_to_sleep put_to_sleep fell_asleep dormant parked hibernat* wasn_t_on weren_t_on aren_t_on wasnt_on isnt_on "
    "stillgeleg* stilgeleg* lahmgeleg* stopp_state stopped_state state_stopped stay_stopped sit_stopped "
    "sits_there_stopped remain_stopped out_switched switched_out not_active not_enabled not_running_state nicht_aktiv "
    "nicht_eingeschaltet pas_active no_activo non_attivo nao_ativo nao_ativa nao_ativado nao_ativada niet_actief "
    "nieaktywn* isn_t_on not_on shut_down shuts_down gestoppt off disabled deactivated inactive suspended paused "
    "ausgeschaltet* deaktivier* abgeschaltet* inaktiv* desactiv* eteint* suspendu* apagado* suspendid* disattiv* "
    "spento spenta desativ* desligad* uitgeschakel* staat_uit vypnut* wyłącz* avstang* avslatt* avslag* отключ* "
    "turned_itself_off draft_state draft_status draft_mode as_draft in_draft is_draft to_draft unpublished "
    "not_published stand_entwurf als_entwurf im_entwurf en_brouillon en_borrador in_bozza em_rascunho shut_off オフ "
    "無効 关闭 已停用 停用 禁用 關閉 꺼져*",
    "enabled": "enable* activ activate* activated eingeschaltet einschalten einzuschalten aktiv aktivier* activer "
    "active* encend* attiv* ativ* ligad* ingeschakel* włączy* オンに 有効 启用 開啟",
    "blank": "branco brancos "
    "isblank isn_t_there is_not_there not_there not_visible unfilled gap! gaps! lucke* nothing leer leeren "
    "blanc blank* empty doesn_t_get does_not_get longer_gets never_gets not_getting null leere leerer leeres nichts "
    "vide vides rien vaci* nada vuot* niente nulla vazi* leeg lege niets blanco pust* nic! 空 空白 空欄 何も prázdn*",
    "later": "later afterwards anyway nevertheless spater trotzdem nachher plus_tard mas_tarde mais_tarde piu_tardi "
    "nonetheless eventually in_end at_end",
    "no value > blank value": "no_value",
    "no output > blank output": "no_output",
    "no return > blank": "no_return",
    "ago": "since_long long_since long_ago as_long_as so_long_as long_story long_list before_long seit_langem "
    "depuis_longtemps desde_hace_mucho",
    "long": "duration* dauer spinn* spins hang hangs hanging hung endless* late zu_spat trop_tard demasiado_tarde "
    "troppo_tardi tarde_demais te_laat exceed* uberschreit* depass* supera* ewig* slow* long longer slowly langsam* "
    "lang lange langer lent* lento lenta tarda demora* traag* zulange dauert ages! forever too_much_time wolno długo "
    "duur* 遅い 遅く 時間がかか 很慢 太慢 太久 时间过长 trvá pomal*",
    "two minutes > long": "zwei_minuten deux_minutes dos_minutos due_minuti dois_minutos twee_minuten dwie_minuty "
    "dwoch_minut dve_minuty 2分 二分 两分钟 2分钟 120秒",
    "many": "big bigger large larger huge thousand* lots many_row many_item viele grosse grossen massive heavy",
    "few": "small smaller kleine kleinen wenige wenigen petits pequeno*",
    "expired": "만료* outdated stale lapsed expire* ran_out run_out abgelaufen ablauf* caduc* vencid* scadut* verlop* "
    "wygas* no_longer_valid not_valid 期限切れ 过期 過期 失効 vyprše* expir*",
    "locked": "block* lock* gesperr* verrouill* bloque* bloccat* vergrendeld zablokow* ロック 锁定",
    "unauthorized": "承認されていません 承認されていない 認可されていません 許可されていません unauthori* "
    "forbidden nicht_autorisiert non_autorise no_autorizado non_autorizzato non_autorizzata nao_autorizado "
    "nao_autorizada 未承認 未授权",
    "not found > missing": "not_found nicht_gefunden pas_trouve introuvable* no_encontrado no_encontrada "
    "nao_encontrado nao_encontrada non_trovato non_trovata niet_gevonden nie_znaleziono nie_znaleziony 404",
    "grey": "grey* gray* ausgegraut* grisé* atenuado",
    "missing": "lose! loses! losing! 없습* 없다* 없음* 없어* missing lost fehlt fehlen fehlte manqu* falta faltan "
    "manca mancano ontbre* brak 見つから 不足 缺少 丢失",
    "extended > new": "also_store also_stores grew grown enriched also_post also_posts also_write also_writes "
    "also_send also_sends also_create also_creates also_talk also_talks also_fills also_save also_saves does_more "
    "on_top extend* expand* built_in built_into put_in plugged plug_in enhanc* erweiter* etendu* amplia* estes* "
    "uitgebreid* rozszerz* rozbudow*",
    "one more > new asks demand": "takes_one_more also_asks also_ask also_needs also_need also_wants also_want "
    "also_expects also_expect also_requires also_require additionally_ask additionally_need takes_another "
    "takes_additional asks_one_more wants_one_more needs_one_more wants_another asks_another needs_another "
    "needs_extra wants_extra",
    "required > demand": "required mandatory compulsory obligat* obligator* pflicht* erforderlich verplicht* wymagan*",
    "new": "aded adedd mais_um incluiu! inclui! incluimos incluso_un rajout* ekle* yeni 추가* 새로운 새로 i_included "
    "we_included have_included wasn_t_there_before was_not_there_before enlarged gain* second! zweite zweiten "
    "deuxieme segundo segunda secondo tweede drugi new newly additional extra one_more further third fourth add add* "
    "put insert added append* introduc* neu neue neuer neues neuen zusatzlich* weiteren weiterer weiteres weitere "
    "nouvel nouvelle nouveaux nouvelles supplementaire nuev* nuov* novo nova novos nieuw* nowy nowe nowa nowego "
    "hinzu* erganz* eingebau* eingefug* ajout* anad* agreg* aggiun* aggiung* adicion* inser* toegevoeg* dodan* dodał* "
    "dodac* 新しい 新規 新的 追加 添加 新增 增加 加了 nowym nową nowych nowej doszł* doszedł přidán* přidal* "
    "dodatkow* nový nové nová nového",
    "other": "other different anderes anderen anderer anderem autre autres otro otra altro altra outro outra andere "
    "inny inna inne innego jiný jiné 別の 其他 另一",
    "another > new other": "another",
    "sometimes": "rare! rarely seldom selten rarement raramente zelden rzadko once_in_blue_moon mal_geht mal_klappt "
    "at_times mostly most_of_time some_runs out_of_ten every_few unpredictab* irregular* inconsistent* once_or_twice "
    "now_and_again sometimes occasional* intermittent* sporadi* random* temporar* transient* momentar* flaky hiccup* "
    "glitch* now_and_then once_in_while from_time_to_time every_so_often off_and_on hit_and_miss not_always manchmal "
    "gelegentlich* ab_und_zu hin_und_wieder zufallig* vorubergehend* parfois aleatoire* temporaire* "
    "de_temps_en_temps a_veces de_vez_en_cuando temporal a_volte ogni_tanto saltuari* as_vezes de_vez_em_quando soms "
    "af_en_toe tijdelijk* czasami czasem ときどき 時々 たまに 一時的 有时 偶尔 暂时 临时 間欠 občas někdy",
    "failed once > once fail": "failed_once echoue_une_fois einmal_fehlgeschlagen",
    "last night": "last_night last_nite letzte_nacht nuit_derniere anoche stanotte ontem_noite wczoraj_noc",
    "once": "1x 1_time one_time_only one_run single_time exactly_once just_once only_once once_last once_at "
    "once_yesterday once_this single_failure single_run one_time einmal einziges einziger una_volta una_vez uma_vez "
    "eenmalig raz 一度だけ 一次",
    "wrong": "wrong* incorrect* misconfigur* falsch* mauvais* sbagliat* errat* errad* verkeerd* niewłaściw* "
    "正しくない 错误配置",
    # Events
    "bad request > fail": "request_bad request_is_bad request_was_bad bad_request bad_req badrequest",
    "fail": "break_off breaks_off broke_off breaking_off broken_off hata! hatası* loi! "
    "오류* 실패* red_line reclam* quej* klag* lament* terminat* ends_at ended_at "
    "ends_with_message unsuccess* erfolglos* stop stops stopping halt doesn_t_get_into can_t_get_into not_get_into "
    "crap crapped halts halted fizzle* fell_over falls_over doesn_t_go won_t_go failur* kaput wrecked bust busted "
    "borked fubar problem* issue* exception* trouble* stuck bomb* dies! died! red rot rouge rojo roja rosso rossa "
    "vermelh* rood rode czerwon* goes_wrong went_wrong gone_wrong fail* error* break* crash* err broke* fehler* "
    "fehlschl* fehlgeschlagen scheiter* abbr* absturz* kaputt echou* echec* erreur* plante* falla fallan fallo falló "
    "fallar fallando errore errori fallisc* fallit* erro erros falh* fout fouten mislukt* faalt błąd błęd* chyb* "
    "nie_działa zawodzi selhav* feil fejl fel wirft dead nothing_happen does_nothing doing_nothing do_nothing "
    "passiert_nichts tut_nichts! rien_passe no_pasa_nada no_hace_nada non_succede_nulla non_succede_niente doet_niets "
    "doet_niks nic_dzieje complain* meckert stopped_working stops_working stopped_work red_bar red_banner エラー 失敗 "
    "失败 错误 報錯 报错 動かない 错 nefunguj* fehl parou_funcionar przestał_działać przestała_działać dejo_funcionar",
    "work": "slaagt slagen "
    "it_passes it_passed run_passes run_passed başarılı chay_tot calisiyor tick ticks haken check_mark "
    "check_marks checkmark* ran_through run_through runs_through it_goes goes_through wrks wrkd wrk runs_fine "
    "went_through perfect* well good smooth* properly correctly einwandfrei problemlos gut bien bene bem goed dobrze "
    "work* succeed* success* fine ok okay green funktionier* geht durchgelaufen erfolgreich* grun gelungen fonctionn* "
    "marche reussi* vert verte funciona* exito exitos* verde funzion* successo riuscit* sucesso werkt groen geslaagd "
    "gelukt działa* zielon* 成功 動く 動作 動き 正常 工作正常 funguj* klapp* sukces* correctament* remarche repart",
    "removed": "tiramos tirar tirei tirou tiraram one_fewer output_fewer one_less output_less "
    "삭제* tidied tidy tidying aufgeraum* aufraum* opgeruimd threw_out throw_out thrown_out threw_away "
    "thrown_away took_away taken_out taken_away kicked_out cut_out left_out tidied_away binned scrapped strip* "
    "rausgenommen rausgeworfen weggenommen remove* delete* drop dropped dropping erase* took_out cleaned_up "
    "cleaned_out got_rid disappear* vanish* is_gone entfern* gelosch* losch* supprim* retire* enlev* elimin* borrad* "
    "borra borramos borre borraron borrar rimoss* rimuov* remov* excluid* exclui verwijder* usun* 削除 消した 删除 "
    "刪除 删掉 odebr* odstran* smaz*",
    "renamed": "nicer_name better_name clearer_name shorter_name "
    "swap_name swapped_name edit_name renam* under_another_name under_new_name under_different_name "
    "under_other_name gave_new_name given_new_name gave_another_name anders_heisst unter_neuem_namen got_new_name "
    "rename* changed_name change_name other_name different_name new_name now_called called_now "
    "heisst_jetzt umbenann* umbenenn* renomm* renombr* rinomin* renome* hernoem* changed_title 名前を変 名前変更 "
    "リネーム 改名 重命名 zmieniono_nazwę zmienił_nazwę zmieniliśmy_nazwę przemianow* přejmenov* cambio_nombre "
    "cambiado_nombre cambiamos_nombre cambie_nombre mudou_nome mudei_nome mudado_nome alterou_nome cambiato_nome "
    "change_nom 名を変更 名前を変更 名称を変更 改了名",
    "moved": "umgezog* umzieh* umzug* reorgani* verhuisd relocate* archiv* move moved moving relocat* verschob* "
    "verschieb* deplac* movido movida movio spost* verplaats* przenies* 移動 移动",
    "recreated > changed": "recreat* re_created re_create neu_erstellt neu_angelegt neu_anlegen recreer recre!",
    "changed": "rework* restructur* redid 换成 變更 换为 변경* 바꿨* 바꾸* degistir* troqu* "
    "hotfix* quick_fix reselect* re_select re_selected repoint* re_point re_pointed re_pointing pointed_to picked "
    "pick chose chosen choose rotat* swopped gewahlt reassign* convert* gewisselt change* replac* swap* exchang* "
    "modif* edited! alter! altered! switch_to switched_to geander* andert* anderten gewechsel* wechsel* ausgetausch* "
    "ersetz* umgestell* chang* remplac* cambi* sustitu* reemplaz* sostitu* modific* mud* alterad* alterei troc* "
    "substitu* gewijzig* wijzig* vervang* zmian* wymieni* 変更 変えた 差し替え 替え 更改 修改 更换 替换 換了 换了 "
    "zmieni* změn* změně* úprav* uprav*",
    "reset > changed": "reset* zuruckgesetz* reinitialis* restablec* reimpost* redefin* リセット 重置",
    "update": "update* republish* refresh* aktualisier* actualis* actualiz* aggiorn* atualiz* bijgewerkt "
    "veroffentlich* 更新",
    "co owner > owner": "co_owner coowner coowners miteigentumer* mitbesitzer* coproprietaire* copropietari* "
    "comproprietari* coproprietari* mede_eigenaar wspolwlasciciel*",
    "owner": "owner* inhaber* besitzer* proprieta* propriet* propietari* eigenaar* właściciel* vlastnik* 所有者",
    "own": "own eigen* propre* propio* proprio*",
    "belongs": "owns! owned! belong* gehor* besitz* appart* pertenec* pertenc* należ* 所有 所属 属于 属於 patř*",
    "former person > person left": "former_colleague former_employee former_coworker former_owner former_manager "
    "ex_colleague ex_employee ex_manager ex_owner ehemaliger_kollege ancien_collegue",
    "left": "who_s_gone leave left left_company retired resign* quit departed ausgeschieden verlassen parti partie "
    "ausgetreten no_longer_works_here no_longer_works_for_us who_no_longer_works no_longer_with no_longer_here "
    "weggegangen dejo ido odsz* 退職 离职 辞めた",
    "share": "공유* share shares shared sharing geteilt* freigegeb* partag* compart* condivis* compartilh* gedeeld* "
    "udostępni* 共有 共享 sdílen* sdílí",
    "permission": "required_permission necessary_permission needed_permission sufficient_permission enough_permission "
    "right_permission correct_permission proper_permission required_access sufficient_right required_right may_use "
    "권한* yetki* quyen right_on right_to right_for perm perms permission* rights* privilege* access allow* "
    "authorize* authorise* authorization authorisation permit* berechtig* zugriff* rechte autorisier* droit droits "
    "autorisation* autorise* acces permiso* permis acceso derecho* dirit* permess* permissao permissoes autorizad* "
    "autoriza* toestemming* rechten uprawni* dostęp* uprawnień 権限 アクセス許可 权限 許可 oprávněn*",
    "agree": "agree* einig* accord* acuerdo match match* matching fit fits passen passt zusammenpass*",
    "fix connection > sign in connection": "fix_connection repair_connection",
    "post": "stores store stored saves speicher* post posts posting posted write writes writing schreib* ecrit* "
    "scriv* escrib* escrev* schrijf*",
    "mine": "mine! meins mio! mia! meu! mien mienne",
    "sign in": "log_back_in sign_back_in renew* erneuer* renouvel* renov* rinnov* sign_in signin sign_on signed_in "
    "login logon log_in log_on logged_in authenticat* anmeld* angemeldet authentif* iniciar_sesion inicia_sesion "
    "autentic* inlog* aanmeld* zalog* logow* geverifieerd reconnect* reauth* neu_verbinden neu_verbunden "
    "se_reconnecter verify_account sign_ins サインイン ログイン 認証 登录 登錄 身份验证 重新连接 přihlá* přihlas*",
    "wait": "wait* wart* attend* espera* aspett* wacht* czeka* 待た 待っ 等待 czekał*",
    "runs as > run": "runs_under run_under running_under lauft_unter ejecuta_como",
    "timeout > fail": "delai_d_attente depassement_delai tmout time_outs time_limit zeitlimit keeps_spinning time_out "
    "timeout* timesout zeituberschreitung* delai_attente delai_depasse tiempo_espera tempo_limite tempo_esgotado "
    "tempo_scaduto limit_czasu gives_up give_up gave_up given_up gibt_auf abandonne stopped_waiting stops_waiting "
    "タイムアウト 超时 逾時 max_time maximum_time časový_limit",
    "filled": "filled fill fills populat* ausgefullt gefullt rempli*",
    "return": "hand_back hands_back handed_back handing_back give_back gives_back retrn turn_up turns_up turned_up "
    "show_up shows_up showed_up lands landed gets_written is_written gets_created arriv* appear* come_through "
    "comes_through coming_through kommt_an kommen_an llega* arriva chega* verschijn* return* receive* come_back "
    "comes_back came_back coming_back get_back gets_back gave_back zuruckgeb* zuruckgegeben zuruckkomm* recoi* recib* "
    "devuelv* ricev* restituisc* receb* ontvang* otrzymuj* zwraca 返さ 返って 返回 收到",
    "go live > import prod environment": "going_live go_live went_live goes_live livegang golive",
    "import": "transport* promot* rolled_out roll_out rolling_out upgrade* ausgeroll* ubertrag* import* deploy* "
    "release rollout pipeline* bereitstell* bereitgestell* despleg* migrat* geimporteerd インポート デプロイ 导入 "
    "匯入 部署 発布 ship shipped shipping",
    "released": "released_app released_version published_app published_version live_app",
    "install": "install* instal* installier* インストール 安装 安裝",
    "configured": "set_up setup eingerichtet configured configure configures cfgd configd konfiguriert* configurada* "
    "configurado* configurata configurato geconfigureerd* skonfigurowan* nakonfigurovan*",
    "connect": "connect connected verbunden connecte conectado connesso verbonden połączony 接続され",
    "disconnected": "disconnect* unconnected getrennt deconnect* desconect* disconness* 未连接 断开",
    "find": "exist* existe* vorhanden find found locate find* finde* gefunden trouv* encontr* encuentr* trov* vind* "
    "znale* 見つ 找到",
    "accept": "accept* akzeptier* acept* accett* aceit* 接受",
    "send": "provid* supply supplies hand! hands! handing liefer* fourni* deliver* send sends sending pass passes "
    "passing hand_over hands_over ubergib* ubergeb* sendet schickt envoi* transm* envia* 送 传递",
    "refuse > fail": "denied deny denies denying turned_away sent_away turn_away refuse* reject* declin* abgelehn* "
    "ablehn* verweiger* refus* rechaz* rifiut* recus* weiger* odrzuc* 拒否 拒绝",
    "please": "please_try_again please_retry bitte_versuchen",
    "retry": "resubmiss* start_again started_again started_it_again start_it_again run_it_again ran_it_again "
    "press_it_again pressed_it_again try_it_again tried_it_again did_it_again second_time second_press second_click "
    "second_go press_twice pressed_twice resend* resent re_send re_run re_ran click_again press_again pressed_again "
    "sent_again send_again next_time later_run later_runs other_runs other_run subsequent* following_run next_try "
    "resubmit* retry retrie* rerun* run_again tried_again try_again trying_again second_attempt second_try next_run "
    "wiederhol* erneut reess* relanc* reintent* riprov* ritent* repet* opnieuw ponown* 再実行 再試行 重试 重新运行",
    "run only": "who_provides who_brings who_provide run_only runonly provided_by_run invoker* ausfuhrungsbenutzer* "
    "nur_ausfuhren execution_seule solo_ejecucion sola_esecuzione somente_execucao 実行専用 仅运行",
    "embedded": "embed* eingebettet* incorpor*",
    "continue": "in_progress underway noch_lauft lauft_noch continu* goes_on keeps_running keeps_going finish* "
    "still_running completes! lauft_weiter lauft_durch weiterlauf* durchlauf* sigue acaba termina "
    "prosegue 続",
    "second factor": "mfa 2fa two_factor multi_factor multifactor second_factor authenticator zwei_faktor 多要素 "
    "多因素",
    "service": "outlook teams_notification in_teams to_teams service services planner planer sftp ftp salesforce "
    "servicenow jira devops slack trello dropbox hubspot zendesk mailchimp twilio docusign dynamics planner_task "
    "teams_message google_sheets google_calendar",
    "end": "at_end_of in_end_of",
    "server": "srvr srv server* serveur* servidor* serwer* サーバー 服务器",
    "formerly": "used_to_be used_to_show used_to_work used_to_have used_to_get used_to_display used_to_come "
    "used_to_say used_to_appear previously formerly earlier came_up_before was_there_before showed_before vorher "
    "fruher",
    "also": "additionally ausserdem",
    "use": "use used uses using verwend* benutz* nutz* utilis* usar usa usan utiliz* gebruik* używa* 使用 使う",
    "name": "name*",
    "run": "run start* launch* execut* lauft starten gestartet startet lance lancer lanc* demarr* exécut* inicia "
    "arranca* ejecut* avvia* esegu* uruch* 起動 実行 运行 执行 启动",
    "by itself": "by_itself on_its_own without_doing without_touching von_selbst von_allein von_alleine tout_seul "
    "da_solo por_si_solo",
    "no call > fail": "no_call",
    "kick off > run": "kick_off kicks_off kicked_off set_off sets_off",
    "time off": "off_until day_off days_off week_off evening_off time_off log_off sign_off logged_off",
    "call": "invok* reach reaches reaching reached erreich* call* aufruf* aufzurufen appel* llam* chiam* cham* "
    "aanroep* wywoł* 呼び出 调用",
    "again": "again nochmal* nochmals wieder nouveau de_nuevo otra_vez di_nuovo de_novo novamente weer znowu 再び "
    "再度 もう一度 再次 重新",
    "asks > demand": "wants_to_know want_to_know needs_to_know need_to_know wissen_will will_wissen ask asks asked "
    "asking fragt abfragt fragen_nach demande pide chiede pergunta vraagt pyta",
    "question": "question* frage! pregunta* pergunta* domanda! pytani*",
    "demand": "prompt* aufforder* aufgeforder* need* must has_to have_to had_to want* require* demand* insist* "
    "expect* erwart* verlang* muss mussen mussten braucht fordert exige* veut doit pide* pedir exig* necesit* debe "
    "hay_que tengo_que chiede* richied* deve devo precis* moet wymaga musi prosi 必要 求め 要求 需要 potrzebuj* "
    "vyžaduj*",
}  # fmt: skip
